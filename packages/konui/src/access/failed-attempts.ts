/** A person mistypes a few times; a script that guesses does not stop there. */
const MAX_FAILURES = 20;
const WINDOW_MS = 60_000;
const MAX_ADDRESSES = 10_000;

interface Failures {
  count: number;
  readonly since: number;
}

/**
 * Counts wrong tokens and tickets by address. A right token is always let in, so that nobody can lock its owner out
 * by guessing from the same address (all local programs share one).
 */
export class FailedAttempts {
  readonly #now: () => number;
  readonly #byAddress = new Map<string, Failures>();

  constructor({ now }: { now: () => number }) {
    this.#now = now;
  }

  /** Records a failure; true if there were too many of them lately. */
  record(address: string): boolean {
    const now = this.#now();
    let failures = this.#byAddress.get(address);
    if (failures === undefined || now - failures.since >= WINDOW_MS) {
      this.#byAddress.delete(address);
      failures = { count: 0, since: now };
      this.#makeRoom();
      this.#byAddress.set(address, failures);
    }
    failures.count += 1;
    return failures.count > MAX_FAILURES;
  }

  #makeRoom(): void {
    if (this.#byAddress.size < MAX_ADDRESSES) return;
    const [oldest] = this.#byAddress.keys();
    if (oldest !== undefined) this.#byAddress.delete(oldest);
  }
}
