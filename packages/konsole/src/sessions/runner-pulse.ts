export interface RunnerPulseOptions {
  /** Sends a ping; its answer is told by `beat`. */
  ping(): void;
  /** An answer is overdue, or has come after all. */
  onJudged(isAlive: boolean): void;
  /** An answer is due within this. */
  readonly dueMs: number;
  /** Between an answer and the next ping that nobody asked for. */
  readonly everyMs: number;
}

/** Tells a runner that is stopped from one that has nothing to say (SPEC HOST10, BELL3). At most one ping is on its way. */
export class RunnerPulse {
  readonly #options: RunnerPulseOptions;
  #isAsking = false;
  #timer: NodeJS.Timeout | undefined;
  #judgement: NodeJS.Immediate | undefined;

  constructor(options: RunnerPulseOptions) {
    this.#options = options;
    this.check();
  }

  /** Asks now, unless an answer is awaited already. */
  check(): void {
    if (this.#isAsking) return;
    this.#isAsking = true;
    clearTimeout(this.#timer);
    this.#options.ping();
    this.#timer = setTimeout(() => {
      // If it was this process that was stopped, the answer lies unread in the socket: it is read before the judgement.
      this.#judgement = setImmediate(() => this.#options.onJudged(false));
    }, this.#options.dueMs);
  }

  /** The answer came. */
  beat(): void {
    if (!this.#isAsking) return;
    this.#stopTimers();
    this.#isAsking = false;
    this.#timer = setTimeout(() => this.check(), this.#options.everyMs);
    this.#options.onJudged(true);
  }

  close(): void {
    this.#stopTimers();
    this.#isAsking = true;
  }

  #stopTimers(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#judgement);
  }
}
