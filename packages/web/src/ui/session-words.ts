import type { SessionInfo } from '@konui/protocol';
import * as en from '../text/en.ts';

/** What a session's dot shows. */
export type SessionMark = 'idle' | 'working' | 'needs-you' | 'trouble';

export function sessionMark(session: SessionInfo): SessionMark {
  if (session.trouble !== null || session.status === 'not_responding') return 'trouble';
  switch (session.status) {
    case 'waiting':
      return 'needs-you';
    case 'working':
    case 'stopping':
      return 'working';
    case 'idle':
      if (isHeld(session)) return 'needs-you';
      if (isQuotaBack(session)) return 'idle';
      return session.lastRun !== null && !session.lastRun.success && !session.lastRun.aborted ? 'trouble' : 'idle';
  }
}

/** The same in words. `isPast`: it was so when something was last heard of it. */
export function sessionStatusText(session: SessionInfo, isPast = false): string {
  if (session.trouble !== null) return en.status[session.trouble];
  if (isHeld(session)) return en.start.held(session.queuedPrompts);
  if (session.status === 'idle' && session.limit !== null)
    return isQuotaBack(session) ? en.status.quotaBack : en.status.limited;
  const isFailed =
    session.status === 'idle' && session.lastRun !== null && !session.lastRun.success && !session.lastRun.aborted;
  if (isFailed) return en.status.failed;
  return isPast ? en.liveness.status[session.status] : en.status[session.status];
}

/** Prompts wait for a person's word rather than for a run or for the limit's reset. */
export function isHeld(session: SessionInfo): boolean {
  const goesOnByItself = session.limit !== null && session.limit.resumesAt !== null;
  return session.status === 'idle' && session.queuedPrompts > 0 && session.queueHold !== null && !goesOnByItself;
}

/** The quota should have come back, and the session waits for a person's word all the same. */
function isQuotaBack({ limit }: SessionInfo): boolean {
  return limit?.resumesAt === null && limit.resetsAt !== null && Date.parse(limit.resetsAt) <= Date.now();
}

/** Whether a run is going, whatever it is doing. */
export function isRunning(session: SessionInfo): boolean {
  return session.status !== 'idle';
}

/** Whether nothing goes on before a person answers or says a word. */
export function needsYou(session: SessionInfo): boolean {
  return session.status === 'waiting' || isHeld(session);
}

/** Put away: archived, with nothing that goes on or waits for a person, which is never hidden. */
export function isShelved(session: SessionInfo): boolean {
  return session.archived && !isRunning(session) && !needsYou(session);
}

/** When somebody last asked something of it: unlike its last change, this stands still while a run streams. */
export function lastTurnAt(session: SessionInfo): string {
  return session.runStartedAt ?? session.updatedAt;
}

/** The session of the latest turn first. */
export function byLastTurn(one: SessionInfo, other: SessionInfo): number {
  return lastTurnAt(other).localeCompare(lastTurnAt(one)) || one.sessionId.localeCompare(other.sessionId);
}

/** Whether it has events that this person has not seen, on no device. What an agent says as it is started is for nobody. */
export function isUnread(session: SessionInfo, read: { state: string; marks: ReadonlyMap<string, number> }): boolean {
  const wasAsked = session.lastRun !== null || session.runId !== null || session.queuedPrompts > 0;
  return read.state === 'ready' && wasAsked && session.lastSeq > (read.marks.get(session.sessionId) ?? 0);
}

export function titleOf(session: SessionInfo): string {
  return session.title ?? en.nav.untitled;
}

/** The last part of a folder's path. */
export function folderName(path: string): string {
  return (
    path
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? path
  );
}
