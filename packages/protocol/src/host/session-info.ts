import * as z from 'zod/mini';
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
  title: z.nullable(z.string()),
  createdAt: z.string(),
  updatedAt: z.string(),
  archived: z.boolean(),
  status: SessionStatus,
  runId: z.nullable(RunId),
  runStartedAt: z.nullable(z.string()),
  pendingPermissions: z.int().check(z.nonnegative()),
  pendingElicitations: z.int().check(z.nonnegative()),
  queuedPrompts: z.int().check(z.nonnegative()),
  /** Why the queue does not go on by itself, if it does not. */
  queueHold: z.nullable(HoldReason),
  /** The last run ended at the agent's limit; `resumesAt` is set where the session goes on by itself. */
  limit: z.nullable(z.object({ resetsAt: z.nullable(z.string()), resumesAt: z.nullable(z.string()) })),
  resumeAfterLimit: z.boolean(),
  lastSeq: z.int().check(z.nonnegative()),
  epoch: z.nullable(z.string()),
  /** Of the last run that ended. */
  lastRun: z.nullable(z.object({ stopReason: z.string(), success: z.boolean(), aborted: z.boolean() })),
  /** The disk is full or failing: events wait in the runner. */
  trouble: z.nullable(z.enum(['storage_full', 'storage_failed'])),
});
export type SessionInfo = z.infer<typeof SessionInfo>;
