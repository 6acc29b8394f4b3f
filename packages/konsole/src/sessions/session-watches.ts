import type { Page, PageLimits } from '@konui/log';
import {
  KonuiError,
  PromptId,
  type SessionId,
  type SessionInfo,
  type SessionState,
  SessionStateView,
} from '@konui/protocol';
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
  if (lease.entry.record.deleted) {
    lease[Symbol.dispose]();
    throw new KonuiError('SESSION_GONE', `session ${sessionId} was deleted`);
  }
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
  const { entry } = lease;
  await entry.session.refresh();
  const { state } = entry.session;
  return SessionStateView.parse({
    sessionId,
    epoch: state.epochs.at(-1)?.epoch ?? null,
    lastSeq: state.lastSeq,
    isProcessing: entry.session.needsRunner,
    runId: state.run?.runId ?? null,
    pendingPermissions: state.pendingPermissions,
    pendingElicitations: state.pendingElicitations,
    queue: state.queue,
    queueHold: state.queueHold ?? null,
    queueVersion: state.queueVersion,
    limit: toLimitView(state.limit, entry.row().limit),
  });
}

function toLimitView(limit: SessionState['limit'], row: SessionInfo['limit']): SessionStateView['limit'] {
  if (limit === undefined) return null;
  const { promptId, message, at, resetsAt = null } = limit;
  return { promptId: PromptId.parse(promptId), message, at, resetsAt, resumesAt: row?.resumesAt ?? null };
}
