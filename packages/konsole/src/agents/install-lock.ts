import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { acquireLock } from '@konui/log';

/** An install takes seconds to minutes, so that asking a few times a second costs nothing. */
const RETRY_MS = 200;

/** Waits until nobody else holds the lock at `path`, and takes it; disposing gives it back. */
export async function takeInstallLock(path: string, signal?: AbortSignal): Promise<Disposable> {
  await mkdir(dirname(path), { recursive: true });
  for (;;) {
    const lock = acquireLock(path);
    if (lock) return { [Symbol.dispose]: () => lock.release() };
    await delay(RETRY_MS, undefined, signal ? { signal } : {});
  }
}
