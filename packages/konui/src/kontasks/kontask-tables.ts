/**
 * The tables as they were first, changed by `KONTASK_RECORD_TABLES`. `record` is the kontask as it was stored, in its own
 * order of fields; the other columns are there to be searched.
 * `place` orders those of one moment, and is the search's row id.
 */
export const KONTASK_TABLES = `
  CREATE TABLE kontasks (
    place INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    record TEXT NOT NULL,
    summary TEXT NOT NULL,
    version INTEGER NOT NULL,
    is_unread INTEGER NOT NULL,
    type TEXT NOT NULL,
    status TEXT NOT NULL,
    scope TEXT,
    target_user TEXT,
    created_at INTEGER NOT NULL,
    claimed_by TEXT,
    request_sha256 TEXT
  ) STRICT;
  CREATE INDEX kontasks_by_time ON kontasks (created_at, place);
  CREATE INDEX kontasks_by_status ON kontasks (status, created_at, place);
  CREATE INDEX kontasks_by_type ON kontasks (type, created_at, place);
  CREATE INDEX kontasks_by_scope ON kontasks (scope, created_at, place);
  CREATE INDEX kontasks_by_target ON kontasks (target_user, created_at, place);
  CREATE INDEX kontasks_unread ON kontasks (is_unread) WHERE is_unread = 1;
  CREATE TABLE kontask_tags (
    tag TEXT NOT NULL,
    place INTEGER NOT NULL REFERENCES kontasks (place) ON DELETE CASCADE,
    PRIMARY KEY (tag, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX kontask_tags_by_place ON kontask_tags (place);
  CREATE TABLE kontask_history (
    place INTEGER NOT NULL REFERENCES kontasks (place) ON DELETE CASCADE,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    change TEXT NOT NULL
  ) STRICT;
  CREATE INDEX kontask_history_by_place ON kontask_history (place);
  CREATE TABLE kontask_actions (
    prompt_id TEXT PRIMARY KEY,
    place INTEGER NOT NULL REFERENCES kontasks (place) ON DELETE CASCADE,
    choice_index INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    at TEXT NOT NULL,
    by TEXT NOT NULL
  ) STRICT;
  CREATE INDEX kontask_actions_by_place ON kontask_actions (place);
  CREATE VIRTUAL TABLE kontask_words USING fts5 (title, description, output, names, tokenize = 'unicode61 remove_diacritics 2')`;

/**
 * The records lie apart from what lists and searches read, which would otherwise page through every report. The words
 * keep no copy of the text, and the beginnings of words that people type first are indexed themselves.
 */
export const KONTASK_RECORD_TABLES = `
  CREATE TABLE kontask_records (
    place INTEGER PRIMARY KEY REFERENCES kontasks (place) ON DELETE CASCADE,
    record TEXT NOT NULL
  ) STRICT;
  INSERT INTO kontask_records (place, record) SELECT place, record FROM kontasks;
  ALTER TABLE kontasks DROP COLUMN record;
  CREATE VIRTUAL TABLE kontask_terms USING fts5 (
    title, description, output, names,
    tokenize = 'unicode61 remove_diacritics 2', content = '', contentless_delete = 1, prefix = '1 2 3'
  );
  INSERT INTO kontask_terms (rowid, title, description, output, names)
    SELECT rowid, title, description, output, names FROM kontask_words;
  DROP TABLE kontask_words`;
