import type { Origin } from '../origin.ts';
import type { StoredContentBlock } from '../content.ts';

/** A run that has begun and has no `complete` yet. */
export interface OpenRun {
  readonly runId: string;
  readonly promptId: string;
  readonly startedAt: string;
  readonly isStopping: boolean;
}

/** A prompt that waits for the run before it. */
export interface QueuedPrompt {
  readonly promptId: string;
  readonly origin: Origin;
  readonly content: readonly StoredContentBlock[];
  readonly at: string;
}

/** A permission that nobody has answered; the fields of its `permission_request` event. */
export interface PendingPermission {
  readonly requestId: string;
  readonly runId: string;
  readonly seq: number;
  readonly at: string;
  readonly toolCall: PermissionToolCall;
  readonly options: readonly PermissionOption[];
}

export interface PermissionToolCall {
  readonly toolCallId: string;
  readonly title?: string | null;
  readonly [field: string]: unknown;
}

export interface PermissionOption {
  readonly optionId: string;
  readonly name: string;
  /** ACP: allow_once, allow_always, reject_once, reject_always. */
  readonly kind: string;
}

/** How the last run ended. */
export interface LastRun {
  readonly runId: string;
  readonly stopReason: string;
  readonly success: boolean;
  readonly aborted: boolean;
}

/**
 * What a session's log says of its runs, queue and requests. Runner, konsole and browser fold the same log to the
 * same state; the conversation itself is the reader's own fold.
 */
export interface SessionState {
  lastSeq: number;
  updatedAt: string | undefined;
  /** Oldest first; the last one is the current epoch. */
  epochs: { readonly epoch: string; readonly bootId: string; readonly fromSeq: number }[];
  run: OpenRun | undefined;
  lastRun: LastRun | undefined;
  queue: QueuedPrompt[];
  pendingPermissions: PendingPermission[];
  /** Tool calls of the open run that have neither completed nor failed. */
  openToolCalls: Set<string>;
  /** Ids of the commands that an event has answered. */
  answered: Set<string>;
  /** The agent's title for the session, else the beginning of its first prompt. */
  title: string | undefined;
}

export function createSessionState(): SessionState {
  return {
    lastSeq: 0,
    updatedAt: undefined,
    epochs: [],
    run: undefined,
    lastRun: undefined,
    queue: [],
    pendingPermissions: [],
    openToolCalls: new Set(),
    answered: new Set(),
    title: undefined,
  };
}
