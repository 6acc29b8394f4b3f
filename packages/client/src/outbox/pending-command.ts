import type { KonuiError, PromptContent } from '@konui/protocol';
import type * as z from 'zod/mini';
import type { CommandFrame, StoredCommand } from './outbox-storage.ts';

/** What became of a command's delivery; what it did is an event in the session's log. */
export type CommandOutcome =
  /** It stands in the session's inbox and will be answered by an event. */
  | { readonly state: 'accepted' }
  | { readonly state: 'refused'; readonly code: string; readonly message: string }
  /** Never done: a stop for whichever run is open, which would by now stop another one. */
  | { readonly state: 'dropped'; readonly reason: 'expired'; readonly message: string };

export interface CommandHandle {
  /** For a prompt also its promptId. */
  readonly commandId: string;
  /** Never rejects. */
  readonly settled: Promise<CommandOutcome>;
}

/** What a sender may write as a prompt: a string or content blocks. */
export type PromptInput = z.input<typeof PromptContent>;

/** A command that no event has answered yet, for optimistic echoes (C8). */
export interface PendingCommand {
  readonly commandId: string;
  readonly sessionId: string;
  readonly type: CommandFrame['type'];
  /** `accepted`: stored by the host; its event is on the way to a subscriber. */
  readonly state: 'waiting' | 'sent' | 'accepted';
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly frame: CommandFrame;
  /** STORAGE_FULL: too large to survive a reload. */
  readonly storageError?: KonuiError | undefined;
  /** Why the last attempt failed; it is being tried again. */
  readonly lastError?: { readonly code: string; readonly message: string } | undefined;
}

/** A pending command as the outbox keeps it. */
export interface OutboxEntry extends StoredCommand {
  state: PendingCommand['state'];
  sentAt: number;
  notBefore: number;
  failures: number;
  storageError: KonuiError | undefined;
  lastError: { readonly code: string; readonly message: string } | undefined;
  readonly handle: CommandHandle;
  readonly settle: (outcome: CommandOutcome) => void;
}

export function createEntry(command: StoredCommand): OutboxEntry {
  const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
  return {
    ...command,
    state: 'waiting',
    sentAt: 0,
    notBefore: 0,
    failures: 0,
    storageError: undefined,
    lastError: undefined,
    handle: { commandId: command.commandId, settled: promise },
    settle: resolve,
  };
}

export function toPendingCommand(entry: OutboxEntry): PendingCommand {
  const { commandId, at, frame, state, storageError, lastError } = entry;
  return { commandId, sessionId: frame.sessionId, type: frame.type, state, at, frame, storageError, lastError };
}
