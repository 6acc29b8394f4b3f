import type { SessionId, SessionRecord } from '@konui/protocol';
import type { HistoryState } from '../history-state.ts';
import type { IndexedSession } from '../session-summary.ts';

/** The list of all sessions; derived from their files. */
export interface SessionIndex {
  get(sessionId: SessionId): IndexedSession | undefined;
  /** In no order; without deleted ones. */
  list(): IndexedSession[];
  /** Those whose deletion has begun. */
  listDeleted(): IndexedSession[];
  /** Of the whole log as it is on the disk; undefined where that is not known. */
  historyOf(sessionId: SessionId): HistoryState | undefined;
  /** `foldedBytes` is how much of the log the summary, and `history` where it is known, stand for. */
  put(session: IndexedSession, foldedBytes: number, history?: HistoryState): void;
  /** The session's record on the disk has changed to this. */
  putRecord(record: SessionRecord): void;
  remove(sessionId: SessionId): void;
}
