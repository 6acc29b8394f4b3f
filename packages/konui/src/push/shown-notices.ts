import type { DatabaseSync } from 'node:sqlite';

export interface OpenRun {
  readonly runId: string;
  readonly startedAt: string;
}

/** What has been told and what is awaited, on the disk: a restart tells nothing twice and forgets no run's end. */
export class ShownNotices {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** What the notification with this tag is about; undefined where none is shown. */
  about(tag: string): string | undefined {
    const row = this.#database.prepare('SELECT about FROM push_shown WHERE tag = ?').get(tag);
    return row === undefined ? undefined : String(row['about']);
  }

  setShown(tag: string, sessionId: string, about: string): void {
    this.#database.prepare('INSERT OR REPLACE INTO push_shown VALUES (?, ?, ?)').run(tag, sessionId, about);
  }

  remove(tag: string): void {
    this.#database.prepare('DELETE FROM push_shown WHERE tag = ?').run(tag);
  }

  openRun(sessionId: string): OpenRun | undefined {
    const row = this.#database.prepare('SELECT run_id, started_at FROM push_runs WHERE session_id = ?').get(sessionId);
    return row === undefined ? undefined : { runId: String(row['run_id']), startedAt: String(row['started_at']) };
  }

  setOpenRun(sessionId: string, run: OpenRun | undefined): void {
    if (run === undefined) this.#database.prepare('DELETE FROM push_runs WHERE session_id = ?').run(sessionId);
    else
      this.#database
        .prepare('INSERT OR REPLACE INTO push_runs VALUES (?, ?, ?)')
        .run(sessionId, run.runId, run.startedAt);
  }

  removeSession(sessionId: string): void {
    this.setOpenRun(sessionId, undefined);
    this.#database.prepare('DELETE FROM push_shown WHERE session_id = ?').run(sessionId);
  }
}
