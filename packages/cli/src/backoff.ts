/** The first start again is at once: most deaths are single ones. */
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 30_000;
/** A part that ran this long was healthy; its death begins a new count. */
const HEALTHY_MS = 10_000;

/** How long to wait before a part that keeps dying is started again: 0, then 1 s doubling up to 30 s. */
export class Backoff {
  #deaths = 0;

  /** Milliseconds to wait after a death; `ranForMs` is how long the part had run, 0 if it did not start at all. */
  nextDelay(ranForMs: number): number {
    if (ranForMs >= HEALTHY_MS) this.#deaths = 0;
    this.#deaths += 1;
    if (this.#deaths === 1) return 0;
    return Math.min(FIRST_DELAY_MS * 2 ** (this.#deaths - 2), MAX_DELAY_MS);
  }
}
