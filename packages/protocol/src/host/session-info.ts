import { z } from 'zod';
import { HoldReason } from '../events/queue-held.ts';
import { Provider, RunId, SessionId } from '../ids.ts';

/** What a session is doing, for lists. `waiting` means that it needs a person. */
export const SessionStatus = z.enum(['idle', 'working', 'waiting', 'stopping', 'not_responding']);
export type SessionStatus = z.infer<typeof SessionStatus>;

/** One row of the session list: host API, REST and `session_upserted` alike. */
export const SessionInfo = z.object({
  sessionId: SessionId,
  provider: Provider,
  /** Absolute path of the folder that the agent works in. */
  projectPath: z.string(),
  title: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
  status: SessionStatus,
  runId: RunId.nullable(),
  runStartedAt: z.string().nullable(),
  pendingPermissions: z.int().nonnegative(),
  pendingElicitations: z.int().nonnegative(),
  queuedPrompts: z.int().nonnegative(),
  /** Why the queue does not go on by itself, if it does not. */
  queueHold: HoldReason.nullable(),
  /** The last run ended at the agent's limit; `resumesAt` is set where the session goes on by itself. */
  limit: z.object({ resetsAt: z.string().nullable(), resumesAt: z.string().nullable() }).nullable(),
  resumeAfterLimit: z.boolean(),
  lastSeq: z.int().nonnegative(),
  epoch: z.string().nullable(),
  /** Of the last run that ended. */
  lastRun: z.object({ stopReason: z.string(), success: z.boolean(), aborted: z.boolean() }).nullable(),
  /** The disk is full or failing: events wait in the runner. */
  trouble: z.enum(['storage_full', 'storage_failed']).nullable(),
});
export type SessionInfo = z.infer<typeof SessionInfo>;
