/** What the gateway keeps for notifications. */
export const PUSH_TABLES = `
  CREATE TABLE push_keys (public_key TEXT NOT NULL, private_key TEXT NOT NULL) STRICT;
  CREATE TABLE push_subscriptions (
    endpoint TEXT PRIMARY KEY,
    token_id TEXT,
    user TEXT,
    p256dh TEXT NOT NULL,
    auth TEXT NOT NULL,
    what TEXT NOT NULL
  ) STRICT;
  -- What each notification that is shown is about: nothing is sent twice, whichever process dies.
  CREATE TABLE push_shown (tag TEXT PRIMARY KEY, session_id TEXT NOT NULL, about TEXT NOT NULL) STRICT;
  -- Runs that were open when the gateway last heard of them.
  CREATE TABLE push_runs (session_id TEXT PRIMARY KEY, run_id TEXT NOT NULL, started_at TEXT NOT NULL) STRICT;
  CREATE TABLE push_approvals (
    sha256 BLOB PRIMARY KEY,
    session_id TEXT NOT NULL,
    request_id TEXT NOT NULL,
    option_id TEXT NOT NULL,
    command_id TEXT NOT NULL,
    token_id TEXT,
    user TEXT,
    expires_at TEXT NOT NULL,
    closed_at TEXT
  ) STRICT`;
