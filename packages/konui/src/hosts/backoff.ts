/** The host is on the same machine: the first tries cost nothing, and a restart takes about a second. */
const FIRST_MS = 50;
const MAX_MS = 2000;

/** Waits that double from 50 ms to 2 s, each between half and all of it so that many clients do not come at once. */
export class Backoff {
  #nextMs = FIRST_MS;

  nextMs(): number {
    const ms = this.#nextMs * (0.5 + Math.random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, MAX_MS);
    return ms;
  }

  reset(): void {
    this.#nextMs = FIRST_MS;
  }
}
