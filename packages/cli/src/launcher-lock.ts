import { closeSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { HomePaths } from '@konui/protocol';
import { findLiving, writeIdentity } from './processes/identity-file.ts';
import type { ProcessIdentity } from './processes/process-identity.ts';

/** SQLITE_BUSY (sqlite.org/rescode.html). */
const SQLITE_BUSY = 5;

/**
 * Only one process at a time starts the parts of a home: two would start two gateways. An exclusive SQLite
 * transaction is free again the moment its holder dies, also after SIGKILL. Undefined when another one holds it.
 */
export function acquireLauncherLock(paths: HomePaths): { release(): void } | undefined {
  const file = `${paths.home}/run/launcher.db`;
  // SQLite would let others read it, and gives its journal the mode of the file.
  closeSync(openSync(file, 'a', 0o600));
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  const withdraw = writeIdentity(paths.launcherFile);
  return {
    release() {
      withdraw();
      database.close();
    },
  };
}

/** The living process that holds the lock. */
export function findLauncher(paths: HomePaths): ProcessIdentity | undefined {
  return findLiving(paths.launcherFile);
}
