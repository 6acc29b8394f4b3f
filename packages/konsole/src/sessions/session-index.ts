import type { SessionId, SessionRecord } from '@konui/protocol';
import type { IndexedSession } from '../session-summary.ts';

/** The list of all sessions; derived from their files. */
export interface SessionIndex {
  get(sessionId: SessionId): IndexedSession | undefined;
  /** In no order; without deleted ones. */
  list(): IndexedSession[];
  /** Those whose deletion has begun. */
  listDeleted(): IndexedSession[];
  /** `foldedBytes` is how much of the log the summary stands for. */
  put(session: IndexedSession, foldedBytes: number): void;
  /** The session's record on the disk has changed to this. */
  putRecord(record: SessionRecord): void;
  remove(sessionId: SessionId): void;
}
