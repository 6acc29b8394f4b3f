import type { ConversationState, PendingCommand, PromptInput } from '@konui/client';
import type { OptionChange } from './option-changes.ts';

/** A command that came to nothing, to be told and, where it was a prompt, offered again. */
export interface Refusal {
  readonly commandId: string;
  readonly message: string;
  readonly content: PromptInput | undefined;
}

/** Everything that the page of a session shows. */
export interface ConversationView {
  /** `loading` until the end of the session is there; `missing` and `gone` say that there will be none. */
  readonly phase: 'loading' | 'ready' | 'missing' | 'gone' | 'failed';
  readonly conversation: ConversationState;
  /** The session began before what `conversation` shows. */
  readonly hasEarlier: boolean;
  readonly isLoadingEarlier: boolean;
  /** A copy is shown, because the session could not be fetched yet. */
  readonly isFromCache: boolean;
  /** Commands that no event has answered yet. */
  readonly pending: readonly PendingCommand[];
  readonly refusals: readonly Refusal[];
  /** The run that this page asked to stop, or the prompt whose run it is to stop once that begins. */
  readonly stopAskedFor: string | undefined;
  /** Permissions and questions that this browser has answered, maybe before a reload, and that are still open. */
  readonly answering: ReadonlySet<string>;
  /** Modes, models and options that this page asked for, until the agent has taken them. */
  readonly optionChanges: readonly OptionChange[];
  /**
   * When the last event came, in milliseconds since 1970: of one that came while the page watched by this machine's
   * clock, of history by the host's. Undefined before any.
   */
  readonly lastSignMs: number | undefined;
  /** Events can arrive: without a connection silence says nothing of the agent. */
  readonly isConnected: boolean;
}
