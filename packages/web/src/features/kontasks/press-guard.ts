/** The second half of a double click comes within this time, in milliseconds. */
const DOUBLE_CLICK_MS = 700;

/** What may be pressed now: not while the press before is being sent, nor as the second half of a double click (B5). */
export class PressGuard {
  readonly #now: () => number;
  readonly #busy = new Set<number>();
  readonly #pressedAt = new Map<number, number>();

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** True where the press counts; then `settle` follows. */
  press(index: number): boolean {
    const last = this.#pressedAt.get(index);
    this.#pressedAt.set(index, this.#now());
    if (this.#busy.has(index) || (last !== undefined && this.#now() - last < DOUBLE_CLICK_MS)) return false;
    this.#busy.add(index);
    return true;
  }

  settle(index: number): void {
    this.#busy.delete(index);
  }
}
