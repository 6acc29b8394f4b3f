import type { Duplex } from 'node:stream';
import { LIMITS } from '@konui/protocol';
import { WebSocket } from 'ws';

/**
 * Writes encoded frames straight to the connection beneath a WebSocket, so that a batch is encoded once for all of
 * its readers. `ws` itself writes only whole frames, each in one synchronous turn: without compression it queues
 * nothing and keeps no state between messages. So a frame written here lands between two of its own (pings, closes),
 * never inside one.
 */
export class RawSocket {
  readonly #stream: Duplex;
  readonly #socket: WebSocket;
  #drained: Promise<void> | undefined;

  constructor(stream: Duplex, socket: WebSocket) {
    this.#stream = stream;
    this.#socket = socket;
  }

  /** Bytes that the kernel has not taken yet. */
  get bufferedBytes(): number {
    return this.#stream.writableLength;
  }

  /** More must not be written for a reader that can be caught up later. */
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

  /** Resolves when a full buffer has been taken by the kernel, or the connection is gone. */
  drained(): Promise<void> {
    if (!this.#stream.writableNeedDrain || this.#stream.destroyed) return Promise.resolve();
    // One pair of listeners, however many wait.
    this.#drained ??= new Promise((resolve) => {
      const done = (): void => {
        this.#stream.off('drain', done);
        this.#stream.off('close', done);
        this.#drained = undefined;
        resolve();
      };
      this.#stream.on('drain', done);
      this.#stream.on('close', done);
    });
    return this.#drained;
  }
}
