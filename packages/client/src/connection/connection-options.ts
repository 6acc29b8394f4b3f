import type {
  Cursor,
  ElicitationAction,
  ElicitationContent,
  GatewayFrame,
  QueueAction,
  SessionOption,
  SessionEvent,
} from '@konui/protocol';
import type * as z from 'zod/mini';
import type { Clock } from '../clock.ts';
import type { OutboxStorage } from '../outbox/outbox-storage.ts';
import type { CommandHandle, PendingCommand, PromptInput } from '../outbox/pending-command.ts';
import type { Subscriber } from '../subscriptions/session-feed.ts';
import type { Unsubscribe } from '../subscriptions/subscriptions.ts';
import type { ConnectionState } from './connection-state.ts';
import type { Credentials } from './sign-in.ts';
import type { TransportSetting } from './transport-choice.ts';
import type { WakeUpSource } from './wake-ups.ts';

export type ConnectionOptions = Credentials & {
  /** `ws(s)://…/ws`, or the same address with http(s). */
  readonly url: string;
  /** Default: the global one (browsers, Node ≥ 22). */
  readonly WebSocket?: new (url: string) => WebSocket;
  /** Default: `auto`: a WebSocket, and server-sent events where none can be opened (A12). */
  readonly transport?: TransportSetting;
  /** For the probe after a failed upgrade, and for the fallback. Default: the global one. */
  readonly fetch?: typeof fetch;
  /** Default: the real one. */
  readonly clock?: Clock;
  /** In [0, 1), for jitter. Default: `Math.random`. */
  readonly random?: () => number;
  /** Default: the browser's, where there is one. */
  readonly wakeUps?: WakeUpSource;
  /** Where unacknowledged commands survive a reload, such as `localStorage`. Default: memory. */
  readonly storage?: OutboxStorage;
  /**
   * Whoever passes the same object shares one connection for each url, and the first one's options count (A8).
   * Default: `globalThis` in a page, nothing in Node.
   */
  readonly tab?: object | null;
  /** Hears what a listener threw. Default: it surfaces as an uncaught error. */
  readonly onListenerError?: (error: unknown) => void;
};

export interface SubscribeOptions extends Subscriber {
  /** The caller has everything up to here. Default: nothing. */
  readonly from?: Cursor;
}

/** One of `optionId` and `allow`. */
export interface PermissionChoice {
  readonly optionId?: string;
  readonly allow?: boolean;
  readonly message?: string;
}

export interface ClientVisibility {
  readonly isVisible: boolean;
  /** The session that is shown. */
  readonly sessionId?: string | undefined;
}

/** What a person does with a question; `content` with `accept` only. */
export interface ElicitationReply {
  readonly action: ElicitationAction;
  readonly content?: ElicitationContent;
}

/** A change of the queue: edit, move, remove, send_now (each may name the `queueVersion` that it means), hold, resume. */
export type QueueChange = z.input<typeof QueueAction>;

type FrameOf<Kind extends GatewayFrame['kind']> = Extract<GatewayFrame, { kind: Kind }>;

/** The tab's one connection to the gateway: state, subscriptions, commands. Every `on…` answers with its removal. */
export interface Connection {
  readonly state: ConnectionState;
  onState(listener: (state: ConnectionState) => void): () => void;
  /** Opens the socket; calling it again changes nothing (A8). */
  connect(): void;
  /** Tries now, also after `disconnected` and `refused`. */
  retry(): void;
  /** Closes the socket, unless others in the tab still use this connection. What is pending stays stored. */
  close(): void;
  /** Events of a session, each once and in order, over all reconnects (A9). */
  subscribe(sessionId: string, options: SubscribeOptions): Unsubscribe;
  /** Prompts a session. `clientMessageId` (a UUID) is the promptId; sending the same one again changes nothing. */
  send(sessionId: string, content: PromptInput, options?: { clientMessageId?: string }): CommandHandle;
  /** Stops a run: `runId`, else the one that this connection knows to be open, else whichever the host finds open. */
  abort(sessionId: string, options?: { runId?: string }): CommandHandle;
  answerPermission(sessionId: string, requestId: string, choice: PermissionChoice): CommandHandle;
  answerElicitation(sessionId: string, requestId: string, reply: ElicitationReply): CommandHandle;
  /** Changes of one session go in the order of these calls. One that comes too late is rejected with QUEUE_CHANGED. */
  changeQueue(sessionId: string, change: QueueChange): CommandHandle;
  /** Starts the agent, so that its commands, modes, models and options are known; the answer is an `agent_ready` event. */
  prepare(sessionId: string): CommandHandle;
  /** Chooses a mode, model or option. Prompts that are sent after it are given to the agent after it (OPT4). */
  configure(sessionId: string, option: SessionOption): CommandHandle;
  /**
   * Whether a person looks at this client, and at which session: what they see needs no notification elsewhere. Said
   * again after every reconnect.
   */
  setVisibility(visibility: ClientVisibility): void;
  /** Commands that no event has answered, oldest first; of all sessions without an id. */
  pending(sessionId?: string): PendingCommand[];
  onPendingChange(listener: (sessionId: string) => void): () => void;
  /** How many events are still on their way after a (re)connect; 0 when everything is caught up. */
  missingEvents(): number;
  /**
   * The gateway's last sign of life, in milliseconds since 1970: a message, or the end of the connection. What was not
   * told by then is not known. Undefined before any.
   */
  heardAtMs(): number | undefined;
  /** Events of a watched session that came by another way, such as a page of its history: they settle what they answer. */
  sawEvents(events: readonly SessionEvent[]): void;
  /** Frames of the gateway itself: session_upserted, session_removed, loading_progress, server_notice, protocol_error… */
  onFrame<Kind extends GatewayFrame['kind']>(kind: Kind, listener: (frame: FrameOf<Kind>) => void): () => void;
}
