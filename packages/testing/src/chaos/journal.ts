/** What the driver did in this round, with times, and how often it did what in all. */
export class Journal {
  readonly counts = new Map<string, number>();
  #lines: string[] = [];
  #since = performance.now();

  get lines(): readonly string[] {
    return this.#lines;
  }

  beginRound(): void {
    this.#lines = [];
    this.#since = performance.now();
  }

  /** `what` begins with the word that is counted. */
  note(what: string): void {
    this.#lines.push(`${(performance.now() - this.#since).toFixed(0).padStart(6)} ms  ${what}`);
    this.count(what.split(/[ :]/, 1)[0] ?? what);
  }

  count(what: string, by = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + by);
  }
}
