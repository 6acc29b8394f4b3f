/** What the outside asks of the launcher: a Ctrl-C (a person who may press it again), or an end without questions. */
export type Interrupt = 'ctrl-c' | 'end';

/** Queue of interrupts, so that one that comes while nobody waits is not lost. */
export class Interrupts {
  readonly #waiting: Interrupt[] = [];
  readonly #listeners = new Set<() => void>();

  push(interrupt: Interrupt): void {
    // Somebody who holds the keys down asks for nothing more than one who pressed them twice.
    if (this.#waiting.length < 2) this.#waiting.push(interrupt);
    for (const listener of this.#listeners) listener();
  }

  /** The next interrupt, or undefined when the signal aborts first. */
  async next(signal?: AbortSignal): Promise<Interrupt | undefined> {
    while (this.#waiting.length === 0) {
      if (signal?.aborted === true) return undefined;
      await new Promise<void>((resolve) => {
        const done = () => {
          this.#listeners.delete(done);
          signal?.removeEventListener('abort', done);
          resolve();
        };
        this.#listeners.add(done);
        signal?.addEventListener('abort', done);
      });
    }
    return this.#waiting.shift();
  }

  /** Calls the listener for an interrupt without taking it from the queue; returns how to stop that. */
  onInterrupt(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#waiting.length > 0) listener();
    return () => this.#listeners.delete(listener);
  }
}

/** Interrupts from the process's signals; `close` gives the signals back. */
export function listenToSignals(target: NodeJS.EventEmitter): { interrupts: Interrupts; close: () => void } {
  const interrupts = new Interrupts();
  const onCtrlC = () => interrupts.push('ctrl-c');
  const onEnd = () => interrupts.push('end');
  target.on('SIGINT', onCtrlC).on('SIGTERM', onEnd).on('SIGHUP', onEnd);
  return {
    interrupts,
    close: () => {
      target.off('SIGINT', onCtrlC).off('SIGTERM', onEnd).off('SIGHUP', onEnd);
    },
  };
}
