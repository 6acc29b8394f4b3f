import type { Duplex } from 'node:stream';
import { LIMITS } from '@konui/protocol';
import { WebSocket } from 'ws';
import { Drain } from './drain.ts';
import { encodeFrames } from './encode-frames.ts';
import type { Transport } from './transport.ts';

/**
 * Writes encoded frames straight to the connection beneath a WebSocket, so that a batch is encoded once for all of
 * its readers. `ws` itself writes only whole frames, each in one synchronous turn: without compression it queues
 * nothing and keeps no state between messages. So a frame written here lands between two of its own (pings, closes),
 * never inside one.
 */
export class WebSocketTransport implements Transport {
  readonly encode = encodeFrames;
  readonly #stream: Duplex;
  readonly #socket: WebSocket;
  readonly #drain: Drain;

  constructor(stream: Duplex, socket: WebSocket) {
    this.#stream = stream;
    this.#socket = socket;
    this.#drain = new Drain(stream);
  }

  get bufferedBytes(): number {
    return this.#stream.writableLength;
  }

  get isFull(): boolean {
    return this.bufferedBytes > LIMITS.maxBufferedBytes;
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN && !this.#stream.destroyed;
  }

  /** Nothing may follow a close frame, so a socket that is not open takes nothing. */
  write(frames: Buffer): void {
    if (this.isOpen) this.#stream.write(frames);
  }

  drained(): Promise<void> {
    return this.#drain.wait();
  }
}
