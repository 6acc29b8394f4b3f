import { closeSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { HomePaths } from '@konui/protocol';
import { removeIfThere } from './home.ts';
import { hasCode, identifyProcess, isAlive } from './processes/process-identity.ts';
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
  writeFileSync(paths.launcherFile, JSON.stringify(identifyProcess(process.pid)), { mode: 0o600 });
  return {
    release() {
      removeIfThere(paths.launcherFile);
      database.close();
    },
  };
}

/** The living process that holds the lock. */
export function findLauncher(paths: HomePaths): ProcessIdentity | undefined {
  const identity = readIdentity(paths.launcherFile);
  return identity !== undefined && isAlive(identity) ? identity : undefined;
}

function readIdentity(file: string): ProcessIdentity | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('pid' in value) || !('startTime' in value) || !('bootId' in value)) return undefined;
    const { pid, startTime, bootId } = value;
    if (typeof pid !== 'number' || typeof startTime !== 'string' || typeof bootId !== 'string') return undefined;
    return { pid, startTime, bootId };
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR') || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
