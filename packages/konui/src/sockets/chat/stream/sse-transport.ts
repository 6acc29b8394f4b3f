import type { ServerResponse } from 'node:http';
import { LIMITS } from '@konui/protocol';
import { Drain } from '../../drain.ts';
import type { Transport } from '../../transport.ts';
import { encodeSseFrames } from './encode-sse-frames.ts';

/** What a client that does not read has left to take the last event before the connection is cut. */
const CLOSE_TIMEOUT_MS = 1000;
const COMMENT = ':\n\n';

/** Frames as server-sent events on an HTTP answer whose head has been sent (SPEC FB). */
export class SseTransport implements Transport {
  readonly encode = encodeSseFrames;
  readonly #answer: ServerResponse;
  readonly #drain: Drain;

  constructor(answer: ServerResponse) {
    this.#answer = answer;
    this.#drain = new Drain(answer);
  }

  get bufferedBytes(): number {
    return this.#answer.writableLength;
  }

  get isFull(): boolean {
    return this.bufferedBytes > LIMITS.maxBufferedBytes;
  }

  get isOpen(): boolean {
    return !this.#answer.writableEnded && !this.#answer.destroyed;
  }

  write(frames: Buffer): void {
    if (this.isOpen) this.#answer.write(frames);
  }

  drained(): Promise<void> {
    return this.#drain.wait();
  }

  /** Keeps proxies from taking the stream for dead; a client that is gone is noticed by what it does not take. */
  ping(): void {
    if (this.isOpen && !this.isFull) this.#answer.write(COMMENT);
  }

  /** Ends the stream with an event that carries the close code (SPEC FB6). */
  close(code: number, reason: string): void {
    if (!this.isOpen) return;
    const answer = this.#answer;
    const timer = setTimeout(() => answer.destroy(), CLOSE_TIMEOUT_MS);
    answer.once('close', () => clearTimeout(timer));
    answer.end(`event: close\ndata: ${JSON.stringify({ code, reason })}\n\n`);
  }
}
