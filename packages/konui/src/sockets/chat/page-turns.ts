import { LIMITS } from '@konui/protocol';
import type { Transport } from '../transport.ts';

/** A page is read for a socket whose buffer is at most this full, so that its limit holds with the page in it. */
const PAGE_BELOW_BYTES = LIMITS.maxBufferedBytes / 2;

/** Reads pages of the log for one socket: one after the other, each when the buffer is empty enough. */
export class PageTurns {
  readonly #transport: Transport;
  #turn: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /**
   * Whether the page after the one that is being read may be asked for already: for a socket that takes what it is
   * sent, and for one session of it at a time, so that little is held for a client that stops reading.
   */
  get mayReadAhead(): boolean {
    return this.#waiting <= 1 && this.#transport.bufferedBytes === 0;
  }

  /** Resolves or rejects as the task does. */
  async run(task: () => Promise<void>): Promise<void> {
    this.#waiting += 1;
    const result = this.#turn.then(async () => {
      if (this.#transport.bufferedBytes > PAGE_BELOW_BYTES) await this.#transport.drained();
      await task();
    });
    // Whoever called sees the failure; the next in line does not care.
    this.#turn = result.catch(() => undefined);
    try {
      await result;
    } finally {
      this.#waiting -= 1;
    }
  }
}
