import type { SessionRecord } from '@konui/protocol';
import type { SessionSummary } from './session-summary.ts';

/** An agent that names a reset time of now again and again is asked once a minute, not in a loop. */
const MIN_WAIT_MS = 60_000;
/** Clocks differ, and some agents round a reset time down; one from further in the past means nothing. */
const MAX_PAST_MS = 10 * 60_000;

/**
 * When a session that met its agent's limit goes on by itself (SPEC LIM2); undefined where it does not: nobody wants
 * it, the agent did not say when, or a person has done something else since.
 */
export function resumeTimeOf(
  record: Pick<SessionRecord, 'resumeAfterLimit' | 'archived' | 'deleted'>,
  summary: Pick<SessionSummary, 'limit' | 'run' | 'queuedPrompts' | 'queueHold'>,
): Date | undefined {
  const { limit, run, queuedPrompts, queueHold } = summary;
  if (!record.resumeAfterLimit || record.archived || record.deleted) return undefined;
  if (limit === null || limit.resetsAt === null || limit.isTakenOver || run !== null) return undefined;
  const isHeldByLimit = queuedPrompts > 0 && queueHold === 'limit';
  const waitsForNobody = queuedPrompts === 0 && queueHold === null;
  if (!isHeldByLimit && !waitsForNobody) return undefined;
  const [reachedMs, resetsMs] = [Date.parse(limit.at), Date.parse(limit.resetsAt)];
  if (resetsMs < reachedMs - MAX_PAST_MS) return undefined;
  return new Date(Math.max(resetsMs, reachedMs + MIN_WAIT_MS));
}
