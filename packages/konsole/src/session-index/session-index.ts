import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type HomePaths, type SessionId, type SessionRecord, sessionPaths } from '@konui/protocol';
import type { HistoryState } from '../history-state.ts';
import type { IndexedSession } from '../session-summary.ts';
import { type FileMarks, readFileMarks } from './file-marks.ts';
import { openIndexDatabase } from './index-database.ts';
import { type MarkedSession, parseHistoryState, parseIndexRow } from './index-row.ts';

/**
 * The session list: in memory, about a kilobyte a session, and in `index.db`, so that a start need not fold every log.
 * All of it is derived from the sessions' files and can be thrown away.
 */
export class SessionIndex {
  readonly #paths: HomePaths;
  readonly #database: DatabaseSync;
  readonly #put: StatementSync;
  readonly #history: StatementSync;
  readonly #remove: StatementSync;
  readonly #sessions = new Map<string, MarkedSession>();
  /** The old index was broken or of another version. */
  readonly wasReplaced: boolean;

  constructor(paths: HomePaths) {
    const { database, wasReplaced } = openIndexDatabase(paths.indexDatabase);
    this.#paths = paths;
    this.#database = database;
    this.wasReplaced = wasReplaced;
    this.#put = database.prepare(
      `INSERT INTO session (session_id, record, summary, marks, history) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET record = excluded.record, summary = excluded.summary, marks = excluded.marks,
         history = coalesce(excluded.history, history)`,
    );
    this.#history = database.prepare('SELECT history FROM session WHERE session_id = ?');
    this.#remove = database.prepare('DELETE FROM session WHERE session_id = ?');
    for (const row of database.prepare('SELECT record, summary, marks FROM session').all()) {
      const session = parseIndexRow(row);
      if (session !== undefined) this.#sessions.set(session.record.sessionId, session);
    }
  }

  get(sessionId: SessionId): IndexedSession | undefined {
    return this.#sessions.get(sessionId);
  }

  /** In no order; without deleted ones. */
  list(): IndexedSession[] {
    return [...this.#sessions.values()].filter(({ record }) => !record.deleted);
  }

  /** Those whose deletion has begun. */
  listDeleted(): IndexedSession[] {
    return [...this.#sessions.values()].filter(({ record }) => record.deleted);
  }

  /** All that are in the index, deleted ones too. */
  sessionIds(): string[] {
    return [...this.#sessions.keys()];
  }

  marksOf(sessionId: string): FileMarks | undefined {
    return this.#sessions.get(sessionId)?.marks;
  }

  /** `foldedBytes` is how much of the log the summary stands for; where the file has more, it is folded again at the next start. */
  put(session: IndexedSession, foldedBytes: number, history?: HistoryState): void {
    const marks = readFileMarks(sessionPaths(this.#paths, session.record.sessionId));
    this.putMarked({ ...session, marks: { ...marks, logBytes: foldedBytes } }, history);
  }

  /** Of the whole log as it is on the disk; undefined where that is not known. */
  historyOf(sessionId: SessionId): HistoryState | undefined {
    const found = this.#sessions.get(sessionId);
    if (found === undefined) return undefined;
    const { logBytes } = readFileMarks(sessionPaths(this.#paths, sessionId));
    if (logBytes !== found.marks.logBytes) return undefined;
    const history = parseHistoryState(this.#history.get(sessionId));
    return history?.lastSeq === found.summary.lastSeq ? history : undefined;
  }

  putRecord(record: SessionRecord): void {
    const known = this.#sessions.get(record.sessionId);
    if (known === undefined) return;
    const { recordMtimeMs } = readFileMarks(sessionPaths(this.#paths, record.sessionId));
    this.putMarked({ ...known, record, marks: { ...known.marks, recordMtimeMs } });
  }

  putMarked(session: MarkedSession, history?: HistoryState): void {
    const { record, summary, marks } = session;
    this.#sessions.set(record.sessionId, session);
    const values = [record, summary, marks].map((value) => JSON.stringify(value));
    this.#put.run(record.sessionId, ...values, history === undefined ? null : JSON.stringify(history));
  }

  remove(sessionId: string): void {
    this.#sessions.delete(sessionId);
    this.#remove.run(sessionId);
  }

  /** For the other tables in it. */
  get database(): DatabaseSync {
    return this.#database;
  }

  close(): void {
    this.#database.close();
  }
}
