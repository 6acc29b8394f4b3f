import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { CommandId, KontaskId, Provider, SessionId } from '@konui/protocol';

export const HAND_OVER_TABLES = `CREATE TABLE hand_overs (
    kontask_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    prompt_id TEXT NOT NULL,
    configure_id TEXT NOT NULL,
    provider TEXT NOT NULL,
    project_path TEXT,
    mode_id TEXT,
    state TEXT NOT NULL,
    PRIMARY KEY (kontask_id, version)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX hand_overs_by_state ON hand_overs (state)`;

/** `decided`: not told to the agent yet, as far as is known; `sent`: its run goes or waits; `over`: nothing more to do. */
export type HandOverState = 'decided' | 'sent' | 'over';

/** What was decided about a request before anything was forwarded: done again after a restart it comes to the same. */
export interface StoredHandOver {
  readonly kontaskId: KontaskId;
  /** The request's. */
  readonly version: number;
  readonly sessionId: SessionId;
  /** Also the claim's. */
  readonly promptId: CommandId;
  readonly configureId: CommandId;
  readonly provider: Provider;
  /** Where the session is to be created; undefined for one that is there. */
  readonly projectPath: string | undefined;
  /** Chosen before the prompt is sent. */
  readonly modeId: string | undefined;
}

/** The requests that were handed over, by kontask and version. */
export class HandOverTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  knows(kontaskId: string, version: number): boolean {
    const sql = 'SELECT 1 FROM hand_overs WHERE kontask_id = ? AND version = ?';
    return this.#database.prepare(sql).get(kontaskId, version) !== undefined;
  }

  in(state: HandOverState): StoredHandOver[] {
    return this.#database.prepare('SELECT * FROM hand_overs WHERE state = ?').all(state).map(toStored);
  }

  /** The sessions that were created for requests of such a rule. */
  madeFor({ provider, projectPath, modeId }: { provider: Provider; projectPath: string; modeId: string }): Set<string> {
    const sql = 'SELECT session_id FROM hand_overs WHERE provider = ? AND project_path = ? AND mode_id = ?';
    const rows = this.#database.prepare(sql).all(provider, projectPath, modeId);
    return new Set(rows.map((row) => String(row['session_id'])));
  }

  add(stored: StoredHandOver): void {
    this.#database
      .prepare('INSERT INTO hand_overs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        stored.kontaskId,
        stored.version,
        stored.sessionId,
        stored.promptId,
        stored.configureId,
        stored.provider,
        stored.projectPath ?? null,
        stored.modeId ?? null,
        'decided',
      );
  }

  setState({ kontaskId, version }: StoredHandOver, state: HandOverState): void {
    const sql = 'UPDATE hand_overs SET state = ? WHERE kontask_id = ? AND version = ?';
    this.#database.prepare(sql).run(state, kontaskId, version);
  }
}

function toStored(row: Record<string, SQLOutputValue>): StoredHandOver {
  const text = (value: SQLOutputValue | undefined) => (typeof value === 'string' ? value : undefined);
  return {
    kontaskId: KontaskId.parse(row['kontask_id']),
    version: Number(row['version']),
    sessionId: SessionId.parse(row['session_id']),
    promptId: CommandId.parse(row['prompt_id']),
    configureId: CommandId.parse(row['configure_id']),
    provider: Provider.parse(row['provider']),
    projectPath: text(row['project_path']),
    modeId: text(row['mode_id']),
  };
}
