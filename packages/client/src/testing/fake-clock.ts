import type { Clock } from '../clock.ts';

/** A clock that stands still until the test moves it. */
export class FakeClock implements Clock {
  #now = 1_750_000_000_000;
  #timers: { at: number; action: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  setTimeout(action: () => void, delayMs: number): () => void {
    const timer = { at: this.#now + delayMs, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Moves the time and runs what falls due, in order. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= until).sort((one, other) => one.at - other.at)[0];
      if (next === undefined) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers = this.#timers.filter((other) => other !== next);
      next.action();
    }
    this.#now = until;
  }

  /** The machine slept: the wall clock jumps, and what fell due runs late. */
  sleep(ms: number): void {
    this.#now += ms;
    this.advance(0);
  }

  get timers(): number {
    return this.#timers.length;
  }
}
