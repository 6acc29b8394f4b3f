/** Points at which a model waits for the test: opening one lets everybody pass who waits there, and who comes later. */
export class Gates {
  readonly #open = new Set<string>();
  readonly #waiting = new Map<string, Set<() => void>>();

  open(gate: string): void {
    this.#open.add(gate);
    for (const pass of this.#waiting.get(gate) ?? []) pass();
    this.#waiting.delete(gate);
  }

  /** Rejects with the signal's reason when aborted. */
  async untilOpen(gate: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#open.has(gate)) return;
    const waiting = this.#waiting.get(gate) ?? new Set();
    this.#waiting.set(gate, waiting);
    await new Promise<void>((resolve, reject) => {
      const pass = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.delete(pass);
        reject(signal.reason);
      };
      waiting.add(pass);
      signal.addEventListener('abort', leave, { once: true });
    });
  }
}
