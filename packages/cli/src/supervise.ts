import { setTimeout as delay } from 'node:timers/promises';
import { Backoff } from './backoff.ts';
import { ExitError } from './exit-error.ts';
import { adoptPart, startPart } from './part.ts';
import type { Part, RunningPart } from './part.ts';

/**
 * Starts a part again whenever it dies, with backoff, until the signal aborts. Resolves to the one that lives then;
 * undefined when it was dead at that moment.
 */
export async function supervise(
  part: Part,
  first: RunningPart,
  { signal, say }: { signal: AbortSignal; say: (message: string) => void },
): Promise<RunningPart | undefined> {
  const backoff = new Backoff();
  let running: RunningPart | undefined = first;
  let startedAt = performance.now();
  for (;;) {
    await running?.ended(signal);
    if (signal.aborted) return running;
    const waitMs = backoff.nextDelay(running === undefined ? 0 : performance.now() - startedAt);
    say(`${part.name} ended; starting it again${waitMs === 0 ? '' : ` in ${waitMs / 1000} s`}`);
    running = undefined;
    await delay(waitMs, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
    if (signal.aborted) return undefined;
    try {
      startedAt = performance.now();
      running = (await adoptPart(part)) ?? (await startPart(part, signal));
    } catch (error) {
      if (!(error instanceof ExitError)) throw error;
      if (!signal.aborted) say(error.message);
    }
  }
}
