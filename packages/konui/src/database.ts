import { chmodSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { INJECT_TABLES } from './inject/inject-store.ts';
import { HAND_OVER_TABLES } from './kontasks/hand-over-table.ts';
import { KONTASK_RECORD_TABLES, KONTASK_TABLES } from './kontasks/kontask-tables.ts';
import { PUSH_TABLES } from './push/push-tables.ts';

/** Each entry brings the database from the version of its index to the next; entries are never changed, only added. */
const MIGRATIONS = [
  `CREATE TABLE access_tokens (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     sha256 BLOB NOT NULL UNIQUE,
     created_at TEXT NOT NULL,
     last_used_at TEXT,
     revoked_at TEXT
   ) STRICT`,
  // Seq of the last event that was read, by session.
  `CREATE TABLE read_marks (session_id TEXT PRIMARY KEY, seq INTEGER NOT NULL) STRICT`,
  // Limits: JSON of rights and bounds; NULL for a token that may do everything.
  `ALTER TABLE access_tokens ADD COLUMN limits TEXT;
   ALTER TABLE access_tokens ADD COLUMN expires_at TEXT;
   ALTER TABLE access_tokens ADD COLUMN device TEXT`,
  KONTASK_TABLES,
  INJECT_TABLES,
  PUSH_TABLES,
  // Values are JSON.
  `CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT`,
  HAND_OVER_TABLES,
  KONTASK_RECORD_TABLES,
];

/** Opens the gateway's database and brings it up to date; mode 0600. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  chmodSync(file, 0o600);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  const row = database.prepare('PRAGMA user_version').get();
  const version = Number(row?.['user_version'] ?? 0);
  MIGRATIONS.slice(version).forEach((migration, index) => {
    database.exec(`BEGIN IMMEDIATE; ${migration}; PRAGMA user_version = ${version + index + 1}; COMMIT;`);
  });
  return database;
}
