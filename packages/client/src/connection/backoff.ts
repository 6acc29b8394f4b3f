/** First delay (requirement A6). */
const FIRST_DELAY_MS = 1_000;
/** Longest delay (requirement A6). */
const LONGEST_DELAY_MS = 30_000;

/**
 * Milliseconds to wait after the nth failure in a row (n ≥ 1): doubles from 1 s to 30 s, less up to half of it at
 * random, so that the clients of a server that came back do not all arrive at once.
 */
export function backoffMs(failures: number, random: () => number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(full * (1 - random() / 2));
}
