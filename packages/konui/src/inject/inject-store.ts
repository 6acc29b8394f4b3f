import type { DatabaseSync } from 'node:sqlite';
import { CommandId, PromptId, SessionId } from '@konui/protocol';

export const INJECT_TABLES = `CREATE TABLE injects (
    token_id TEXT NOT NULL,
    key TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    session_id TEXT NOT NULL,
    prompt_id TEXT NOT NULL,
    follow_up_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (token_id, key)
  ) STRICT, WITHOUT ROWID`;

/** Long after any script has stopped trying. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** What was decided about an inject before it was forwarded: sent again it comes to the same. */
export interface StoredInject {
  readonly sha256: string;
  readonly sessionId: SessionId;
  readonly promptId: PromptId;
  /** Names the change of the queue that the policy asks for. */
  readonly followUpId: CommandId;
}

/** Injects by token and idempotency key. */
export class InjectStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  find(tokenId: string, key: string): StoredInject | undefined {
    const row = this.#database.prepare('SELECT * FROM injects WHERE token_id = ? AND key = ?').get(tokenId, key);
    if (row === undefined) return undefined;
    return {
      sha256: String(row['sha256']),
      sessionId: SessionId.parse(row['session_id']),
      promptId: PromptId.parse(row['prompt_id']),
      followUpId: CommandId.parse(row['follow_up_id']),
    };
  }

  add(tokenId: string, key: string, { inject, nowMs }: { inject: StoredInject; nowMs: number }): void {
    this.#database.prepare('DELETE FROM injects WHERE at < ?').run(nowMs - KEPT_MS);
    this.#database
      .prepare('INSERT INTO injects VALUES (?, ?, ?, ?, ?, ?, ?)')
      .run(tokenId, key, inject.sha256, inject.sessionId, inject.promptId, inject.followUpId, nowMs);
  }
}
