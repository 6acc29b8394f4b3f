import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

const SQLITE_BUSY = 5;
/** An install takes seconds to minutes, so that asking a few times a second costs nothing. */
const RETRY_MS = 200;

/**
 * Waits until nobody else holds the lock at `path`, and takes it; disposing gives it back.
 * The operating system frees it when its holder dies. Rejects with the signal's reason when aborted.
 */
export async function takeInstallLock(path: string, signal?: AbortSignal): Promise<Disposable> {
  await mkdir(dirname(path), { recursive: true });
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    while (!tryLock(database)) await delay(RETRY_MS, undefined, signal ? { signal } : {});
  } catch (error) {
    database.close();
    throw error;
  }
  return { [Symbol.dispose]: () => database.close() };
}

function tryLock(database: DatabaseSync): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return false;
    throw error;
  }
}
