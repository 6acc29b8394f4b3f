import type { ServerResponse } from 'node:http';
import { LIMITS } from '@konui/protocol';

/** Keeps the connection alive through whatever lies between (SPEC HOST4). */
const HEARTBEAT_MS = 15_000;
const HEARTBEAT = ': \n\n';

/** The response that an event stream writes to; Node's own satisfies it. */
export type SseTarget = Pick<
  ServerResponse,
  'removeHeader' | 'writeHead' | 'flushHeaders' | 'write' | 'end' | 'on' | 'off' | 'writableLength' | 'destroyed'
>;

/**
 * One open stream of server-sent events. It never buffers more than LIMITS.maxBufferedBytes and one page: whoever
 * writes looks at `isFull` first, and goes on from its cursor when `onDrain` is called.
 */
export class SseResponse {
  readonly #target: SseTarget;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #onDrain: () => void;
  readonly #onClose: () => void;
  #isFull = false;
  #isOver = false;

  constructor(target: SseTarget, callbacks: { onDrain: () => void; onClose: () => void; heartbeatMs?: number }) {
    this.#target = target;
    this.#onDrain = () => {
      if (this.#isOver) return;
      this.#isFull = false;
      callbacks.onDrain();
    };
    this.#onClose = () => {
      this.#forget();
      callbacks.onClose();
    };
    target.on('drain', this.#onDrain);
    target.on('close', this.#onClose);
    // The stream ends with its connection (RFC 9112, section 6.3). Chunks would frame a second time what blank lines
    // frame already, at the price of three pieces per write instead of one.
    target.removeHeader('transfer-encoding');
    target.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    target.flushHeaders();
    this.#heartbeat = setInterval(() => this.#beat(), callbacks.heartbeatMs ?? HEARTBEAT_MS);
  }

  /** True from a full buffer until it has drained, and after the end. */
  get isFull(): boolean {
    return this.#isFull || this.#isOver;
  }

  write(bytes: Uint8Array | string): void {
    if (this.#isOver) return;
    this.#target.write(bytes);
    if (this.#target.writableLength > LIMITS.maxBufferedBytes) this.#isFull = true;
  }

  /** Ends the stream; the other side may come back with its cursor. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#target.end();
  }

  #beat(): void {
    if (!this.isFull) this.write(HEARTBEAT);
  }

  #forget(): void {
    this.#isOver = true;
    clearInterval(this.#heartbeat);
    this.#target.off('drain', this.#onDrain);
    this.#target.off('close', this.#onClose);
  }
}
