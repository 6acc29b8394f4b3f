import { readFileSync, writeFileSync } from 'node:fs';
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
  const database = new DatabaseSync(`${paths.home}/run/launcher.db`);
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
