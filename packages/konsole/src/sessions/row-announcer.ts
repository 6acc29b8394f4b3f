import type { SessionInfo } from '@konui/protocol';

/** A list shows when a session last changed to the second at best, so that growth alone is not told more often. */
const GROWTH_MS = 1000;

/** Tells of a session's row when it changed: at once when its state did, once a second when only its log grew. */
export class RowAnnouncer {
  readonly #announce: () => void;
  readonly #growthMs: number;
  #announced: string;
  #lastSeq: number;
  #timer: NodeJS.Timeout | undefined;

  constructor(known: SessionInfo, announce: () => void, growthMs = GROWTH_MS) {
    this.#announce = announce;
    this.#growthMs = growthMs;
    this.#announced = stateOf(known);
    this.#lastSeq = known.lastSeq;
  }

  /** The row may have changed. */
  consider(row: SessionInfo): void {
    const state = stateOf(row);
    if (state !== this.#announced) {
      this.#announced = state;
      this.#lastSeq = row.lastSeq;
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#announce();
    } else if (row.lastSeq !== this.#lastSeq) {
      this.#lastSeq = row.lastSeq;
      this.noteGrowth();
    }
  }

  /** The log grew, and nothing else of the row changed: this costs nothing, however often. */
  noteGrowth(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#announce();
    }, this.#growthMs);
  }

  /** Tells what still waits to be told. */
  close(): void {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#announce();
  }
}

function stateOf(row: SessionInfo): string {
  return JSON.stringify({ ...row, lastSeq: 0, updatedAt: '' });
}
