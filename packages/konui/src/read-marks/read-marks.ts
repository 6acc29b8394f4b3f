import type { DatabaseSync } from 'node:sqlite';
import type { SessionId } from '@konui/protocol';

/** How far each session has been read, on whatever device. Only this process writes the table, so it holds it in memory. */
export class ReadMarks {
  readonly #database: DatabaseSync;
  readonly #marks = new Map<string, number>();

  constructor({ database }: { database: DatabaseSync }) {
    this.#database = database;
    for (const row of database.prepare('SELECT session_id, seq FROM read_marks').all()) {
      this.#marks.set(String(row['session_id']), Number(row['seq']));
    }
  }

  /** Seq of the last event that was read, by session. */
  list(): ReadonlyMap<string, number> {
    return this.#marks;
  }

  /** Marks never go back; false where this is no news. */
  raise(sessionId: SessionId, seq: number): boolean {
    if (seq <= (this.#marks.get(sessionId) ?? 0)) return false;
    this.#marks.set(sessionId, seq);
    this.#database
      .prepare('INSERT INTO read_marks VALUES (?, ?) ON CONFLICT (session_id) DO UPDATE SET seq = excluded.seq')
      .run(sessionId, seq);
    return true;
  }

  /** The session is gone. */
  remove(sessionId: string): void {
    if (!this.#marks.delete(sessionId)) return;
    this.#database.prepare('DELETE FROM read_marks WHERE session_id = ?').run(sessionId);
  }

  /** Forgets sessions that went while nobody listened. */
  keepOnly(sessionIds: ReadonlySet<string>): void {
    for (const sessionId of this.#marks.keys()) if (!sessionIds.has(sessionId)) this.remove(sessionId);
  }
}
