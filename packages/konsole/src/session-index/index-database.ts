import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** A database of another version is thrown away: everything in it can be read from the sessions' files. */
const SCHEMA_VERSION = 5;

const SCHEMA = `
  CREATE TABLE session (
    session_id TEXT PRIMARY KEY,
    record TEXT NOT NULL,
    summary TEXT NOT NULL,
    marks TEXT NOT NULL,
    -- What a reader of the log's end needs to know of the rest of it.
    history TEXT
  ) STRICT;

  -- What can be found: one row for each message, prompt, call and title. Newer ones have greater ids.
  CREATE TABLE search_text (
    id INTEGER PRIMARY KEY,
    session_id TEXT NOT NULL,
    -- Of the event to show, and of the one that the text stands in.
    seq INTEGER NOT NULL,
    event_seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX search_text_of_session ON search_text (session_id, event_seq);
  -- Its words are those of tokenize.ts, which also reads the queries.
  CREATE VIRTUAL TABLE search_word USING fts5 (
    words, parts, content = '', contentless_delete = 1, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"
  );
  -- How far each log has been read for it.
  CREATE TABLE search_session (
    session_id TEXT PRIMARY KEY,
    progress TEXT NOT NULL
  ) STRICT;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Opens the index (mode 0600); one that is broken or of another version is replaced by an empty one. */
export function openIndexDatabase(path: string): { database: DatabaseSync; wasReplaced: boolean } {
  const isNew = !existsSync(path);
  try {
    return { database: open(path), wasReplaced: false };
  } catch (error) {
    if (isNew) throw error;
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true });
    return { database: open(path), wasReplaced: true };
  }
}

function open(path: string): DatabaseSync {
  // SQLite gives its own files (-wal, -shm) the mode of this one.
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path);
  try {
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    const version = database.prepare('PRAGMA user_version').get()?.['user_version'];
    if (version === 0) database.exec(`BEGIN; ${SCHEMA} COMMIT`);
    else if (version !== SCHEMA_VERSION) throw new Error(`the index has version ${String(version)}`);
    const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (check !== 'ok') throw new Error(`the index is damaged: ${String(check)}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
