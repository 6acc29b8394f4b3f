import type { Origin } from '../origin.ts';
import type { StoredContentBlock } from '../content.ts';
import type { HoldReason } from '../events/queue-held.ts';
import type { SessionOption } from '../session-option.ts';
import type { SignIn } from '../sign-in.ts';

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
  /** Runs next, also out of a held queue. */
  readonly sendNow?: boolean;
  /** Its `prompt` event stands in the log, and only the `run_started` after it is missing. */
  readonly hasBegun?: boolean;
}

/** Waiting prompts do not go on by themselves. */
export interface QueueHold {
  readonly reason: HoldReason;
  readonly at: string;
}

/** The agent's quota was used up in the last run. */
export interface LimitState {
  /** The prompt that it stopped. */
  readonly promptId: string;
  readonly message: string;
  readonly at: string;
  /** ISO 8601, where the agent said so. */
  readonly resetsAt?: string;
  /** A person took the waiting prompts out of the queue since: nothing goes on by itself. */
  readonly isTakenOver?: boolean;
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

/** A question that nobody has answered; the fields of its `elicitation_request` event. */
export interface PendingElicitation {
  readonly requestId: string;
  readonly runId: string;
  readonly seq: number;
  readonly at: string;
  readonly message: string;
  readonly requestedSchema: Readonly<Record<string, unknown>>;
  readonly toolCallId?: string;
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
  /** Grows with every change of the queue; an edit names the version that it means. */
  queueVersion: number;
  queueHold: QueueHold | undefined;
  limit: LimitState | undefined;
  pendingPermissions: PendingPermission[];
  pendingElicitations: PendingElicitation[];
  /** Tool calls of the open run that have neither completed nor failed. */
  openToolCalls: Set<string>;
  /** Ids of the commands that an event has answered. */
  answered: Set<string>;
  /** Modes, models and options that were chosen: the last of each, in the order of the choices. */
  options: SessionOption[];
  /** The agent has said what it offers, and no other was started since. */
  isAgentReady: boolean;
  /** What the last start of the agent said of its sign-in. */
  signIn: { readonly isNeeded: boolean; readonly at: string; readonly signIn: SignIn | undefined } | undefined;
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
    queueVersion: 0,
    queueHold: undefined,
    limit: undefined,
    pendingPermissions: [],
    pendingElicitations: [],
    openToolCalls: new Set(),
    answered: new Set(),
    options: [],
    isAgentReady: false,
    signIn: undefined,
    title: undefined,
  };
}

/** The waiting prompt whose turn it is: none while a run is open or the queue is held, but for one that is sent now. */
export function nextPrompt(state: Pick<SessionState, 'run' | 'queue' | 'queueHold'>): QueuedPrompt | undefined {
  const next = state.queue[0];
  if (state.run !== undefined || next === undefined) return undefined;
  if (state.queueHold === undefined || next.sendNow === true) return next;
  // Its turn had come when the log was torn; one that has become old meanwhile waits for a person as others do.
  return next.hasBegun === true && state.queueHold.reason !== 'old' ? next : undefined;
}
