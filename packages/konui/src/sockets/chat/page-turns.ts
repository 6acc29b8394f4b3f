import { LIMITS } from '@konui/protocol';
import type { Transport } from '../transport.ts';

/** A page is read for a socket whose buffer is at most this full, so that its limit holds with the page in it. */
const PAGE_BELOW_BYTES = LIMITS.maxBufferedBytes / 2;

/** Reads pages of the log for one socket: one after the other, each when the buffer is empty enough. */
export class PageTurns {
  readonly #transport: Transport;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Resolves or rejects as the task does. */
  async run(task: () => Promise<void>): Promise<void> {
    const result = this.#turn.then(async () => {
      if (this.#transport.bufferedBytes > PAGE_BELOW_BYTES) await this.#transport.drained();
      await task();
    });
    // Whoever called sees the failure; the next in line does not care.
    this.#turn = result.catch(() => undefined);
    await result;
  }
}
