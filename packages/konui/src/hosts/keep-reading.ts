import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff.ts';

export interface KeepReadingOptions {
  readonly signal: AbortSignal;
  /** Reads until the stream ends or breaks; calls `onProgress` as soon as something arrived. */
  readonly read: (onProgress: () => void) => Promise<void>;
  /** Called after each end; returns false to give up. */
  readonly onEnd: (error: unknown) => boolean;
}

/** Opens a stream again and again, with growing pauses while nothing comes of it, until the signal aborts. */
export async function keepReading({ signal, read, onEnd }: KeepReadingOptions): Promise<void> {
  const backoff = new Backoff();
  while (!signal.aborted) {
    let cause: unknown;
    try {
      await read(() => backoff.reset());
    } catch (error) {
      cause = error;
    }
    if (signal.aborted || !onEnd(cause)) return;
    await delay(backoff.nextMs(), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
