import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isRecord, type SearchHit } from '@konui/protocol';
import { tokenize } from './tokenize.ts';

/** Ids grow with time, so that the newest come first without sorting: this many rows may fall into a millisecond. */
const ROWS_PER_MS = 2048;
/** Where more do, the next free ids of the following minute are theirs. */
const MINUTE_ROWS = ROWS_PER_MS * 60_000;

export interface TextRow {
  readonly sessionId: string;
  readonly seq: number;
  readonly eventSeq: number;
  readonly at: string;
  readonly kind: SearchHit['kind'];
  readonly text: string;
}

/** How far a session's log has been read. */
export interface SearchProgress {
  /** What is indexed from here on may still grow, and is done again. */
  readonly nextSeq: number;
  /** Of the last event that was read, and when that was written: another log differs there. */
  readonly lastSeq: number;
  readonly lastAt: string;
  readonly title: string | null;
  /** The calls of late: the seq of each one's first event, and how much of its output is indexed. */
  readonly tools: Readonly<Record<string, readonly [seq: number, outputLength: number]>>;
}

/** The full-text part of index.db. */
export class SearchStore {
  readonly #database: DatabaseSync;
  readonly #statements: Readonly<Record<keyof typeof SQL, StatementSync>>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    const entries = Object.entries(SQL).map(([name, sql]) => [name, database.prepare(sql)]);
    this.#statements = Object.fromEntries(entries);
  }

  progressOf(sessionId: string): SearchProgress | undefined {
    const progress = this.#statements.progress.get(sessionId)?.['progress'];
    if (typeof progress !== 'string') return undefined;
    const parsed: unknown = JSON.parse(progress);
    return isRecord(parsed) ? (parsed as unknown as SearchProgress) : undefined;
  }

  sessionIds(): string[] {
    return this.#statements.sessions.all().map((row) => String(row['session_id']));
  }

  /** All or nothing: what is done twice after a crash gives the same. */
  write(sessionId: string, change: { progress: SearchProgress; fromSeq: number; rows: readonly TextRow[] }): void {
    this.#inTransaction(() => {
      this.#removeRows(this.#statements.rowsFrom.all(sessionId, change.fromSeq));
      for (const row of change.rows) this.#insert(row);
      this.#statements.putProgress.run(sessionId, JSON.stringify(change.progress));
    });
  }

  /** A session's title is found like its texts, as of the time when it last changed. */
  writeTitle(sessionId: string, progress: SearchProgress, at: string): void {
    this.#inTransaction(() => {
      this.#removeRows(this.#statements.titleRows.all(sessionId));
      const row = { sessionId, seq: 0, eventSeq: 0, at, kind: 'title' } as const;
      if (progress.title !== null) this.#insert({ ...row, text: progress.title });
      this.#statements.putProgress.run(sessionId, JSON.stringify(progress));
    });
  }

  /** Removes some of a session's rows, the newest first; false when nothing of it is left. */
  removeSome(sessionId: string, limit: number): boolean {
    return this.#inTransaction(() => {
      const rows = this.#statements.someRows.all(sessionId, limit);
      this.#removeRows(rows);
      if (rows.length < limit) this.#statements.removeProgress.run(sessionId);
      return rows.length === limit;
    });
  }

  /** Ids and sessions of what matches, newest first: below `before`, and not below `from`. */
  find(match: string, range: { from: number; before: number; limit: number }): { id: number; sessionId: string }[] {
    const found = this.#statements.find.all(match, range.before, range.from, range.limit);
    return found.map((row) => ({ id: Number(row['id']), sessionId: String(row['session_id']) }));
  }

  row(id: number): TextRow | undefined {
    const row = this.#statements.row.get(id);
    if (row === undefined) return undefined;
    return {
      sessionId: String(row['session_id']),
      seq: Number(row['seq']),
      eventSeq: Number(row['event_seq']),
      at: String(row['at']),
      kind: row['kind'] as SearchHit['kind'],
      text: String(row['text']),
    };
  }

  #insert(row: TextRow): void {
    const tokens = tokenize(row.text);
    const words = tokens.map(({ word }) => word).join(' ');
    if (words === '') return;
    const parts = tokens.flatMap((token) => token.parts.map(({ word }) => word)).join(' ');
    const id = this.#freeId(row);
    this.#statements.insert.run(id, row.sessionId, row.seq, row.eventSeq, row.at, row.kind, row.text);
    this.#statements.insertWords.run(id, words, parts);
  }

  #freeId({ at, eventSeq }: TextRow): number {
    const first = firstIdAt(at);
    const wanted = first + (eventSeq % ROWS_PER_MS);
    if (this.#statements.isTaken.get(wanted) === undefined) return wanted;
    const last = Number(this.#statements.lastId.get(first, first + MINUTE_ROWS)?.['id'] ?? first);
    return last + 1;
  }

  #removeRows(rows: readonly Record<string, unknown>[]): void {
    for (const { id } of rows) {
      this.#statements.removeWords.run(Number(id));
      this.#statements.remove.run(Number(id));
    }
  }

  #inTransaction<T>(work: () => T): T {
    this.#database.exec('BEGIN');
    try {
      const result = work();
      this.#database.exec('COMMIT');
      return result;
    } catch (error) {
      this.#database.exec('ROLLBACK');
      throw error;
    }
  }
}

/** The least id of what was written at this time (ISO 8601) or later. */
export function firstIdAt(at: string): number {
  const ms = Date.parse(at);
  return (Number.isNaN(ms) ? 0 : Math.max(0, ms)) * ROWS_PER_MS;
}

const SQL = {
  progress: 'SELECT progress FROM search_session WHERE session_id = ?',
  sessions: 'SELECT session_id FROM search_session',
  putProgress: 'INSERT OR REPLACE INTO search_session (session_id, progress) VALUES (?, ?)',
  removeProgress: 'DELETE FROM search_session WHERE session_id = ?',
  rowsFrom: 'SELECT id FROM search_text WHERE session_id = ? AND event_seq >= ?',
  titleRows: 'SELECT id FROM search_text WHERE session_id = ? AND event_seq = 0',
  someRows: 'SELECT id FROM search_text WHERE session_id = ? ORDER BY event_seq DESC LIMIT ?',
  remove: 'DELETE FROM search_text WHERE id = ?',
  removeWords: 'DELETE FROM search_word WHERE rowid = ?',
  isTaken: 'SELECT 1 FROM search_text WHERE id = ?',
  lastId: 'SELECT max(id) AS id FROM search_text WHERE id >= ? AND id < ?',
  insert: 'INSERT INTO search_text (id, session_id, seq, event_seq, at, kind, text) VALUES (?, ?, ?, ?, ?, ?, ?)',
  insertWords: 'INSERT INTO search_word (rowid, words, parts) VALUES (?, ?, ?)',
  row: 'SELECT session_id, seq, event_seq, at, kind, text FROM search_text WHERE id = ?',
  find: `SELECT search_text.id AS id, search_text.session_id AS session_id
    FROM search_word CROSS JOIN search_text ON search_text.id = search_word.rowid
    WHERE search_word MATCH ? AND search_word.rowid < ? AND search_word.rowid >= ?
    ORDER BY search_word.rowid DESC LIMIT ?`,
} as const;
