import type { Page, PageLimits } from '@konui/log';
import { type SessionId, type SessionState, SessionStateView } from '@konui/protocol';
import type { Lease } from './live-sessions.ts';
import type { LogListener } from './live-session.ts';

/** A session's log, followed for one reader. */
export interface SessionWatch {
  readonly lastSeq: number;
  readonly epochs: SessionState['epochs'];
  readAfter(seq: number, limits: PageLimits): Page;
  close(): void;
}

export type AcquireSession = (sessionId: SessionId) => Promise<Lease>;

/** Follows a session; resolves when all that is on the disk has been folded. Rejects with SESSION_NOT_FOUND or SESSION_GONE. */
export async function watchSession(
  acquire: AcquireSession,
  sessionId: SessionId,
  listener: LogListener,
): Promise<SessionWatch> {
  const lease = await acquire(sessionId);
  const { session } = lease.entry;
  const unlisten = session.listen(listener);
  await session.refresh();
  return {
    get lastSeq() {
      return session.state.lastSeq;
    },
    get epochs() {
      return session.state.epochs;
    },
    readAfter: (seq, limits) => session.readAfter(seq, limits),
    close() {
      unlisten();
      lease[Symbol.dispose]();
    },
  };
}

/** What a subscriber is told before its events. */
export async function readSessionState(acquire: AcquireSession, sessionId: SessionId): Promise<SessionStateView> {
  using lease = await acquire(sessionId);
  const { session } = lease.entry;
  await session.refresh();
  const { lastSeq, epochs, run, pendingPermissions } = session.state;
  return SessionStateView.parse({
    sessionId,
    epoch: epochs.at(-1)?.epoch ?? null,
    lastSeq,
    isProcessing: session.needsRunner,
    runId: run?.runId ?? null,
    pendingPermissions,
  });
}
