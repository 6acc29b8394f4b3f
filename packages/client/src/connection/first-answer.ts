import type { Clock } from '../clock.ts';

/** As many connections to one server as a browser keeps (HTTP/1.1). */
const MOST = 6;
const NEXT_AFTER_MS = 500;

/**
 * Asks again and again, beside what was asked before, until one has an answer or a refusal, and gives the others up. A
 * browser keeps connections for later requests; after a line has gone dead without a word it would wait on one of them for
 * minutes, while a new one has the answer at once.
 */
export function firstAnswer<T>(
  ask: (signal: AbortSignal) => Promise<T>,
  { signal, clock }: { signal: AbortSignal; clock: Clock },
): Promise<T> {
  const ended = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  let asked = 0;
  let cancelNext: (() => void) | undefined;
  const next = (): void => {
    asked += 1;
    ask(ended.signal).then(resolve, reject);
    cancelNext = asked < MOST ? clock.setTimeout(next, NEXT_AFTER_MS) : undefined;
  };
  const end = (): void => {
    cancelNext?.();
    signal.removeEventListener('abort', giveUp);
    ended.abort();
  };
  const giveUp = (): void => reject(signal.reason);
  signal.addEventListener('abort', giveUp);
  if (signal.aborted) giveUp();
  else next();
  return promise.finally(end);
}
