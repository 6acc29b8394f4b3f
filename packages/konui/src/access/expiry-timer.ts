/** Node's timers take no longer delay; whoever is called early sets the timer again. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export interface ExpiryTimerOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Called at the time, or before it where it lies far off. */
  readonly onDue: () => void;
}

/** One timer for whatever ends next. It keeps no process alive. */
export class ExpiryTimer {
  readonly #options: ExpiryTimerOptions;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ExpiryTimerOptions) {
    this.#options = options;
  }

  /** Milliseconds since 1970; Infinity for never. */
  setTo(time: number): void {
    this.stop();
    if (time === Number.POSITIVE_INFINITY) return;
    const delayMs = Math.min(Math.max(time - this.#options.now(), 0), MAX_DELAY_MS);
    this.#timer = setTimeout(this.#options.onDue, delayMs);
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
