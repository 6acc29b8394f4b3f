import { type ClientOptions, WebSocket } from 'ws';
import { FrameClient } from './frame-client.ts';

/** A WebSocket client of a test. */
export class WsClient extends FrameClient {
  readonly socket: WebSocket;
  /** Binary frames, each with how many text frames came before it. */
  readonly binaries: { readonly after: number; readonly bytes: Buffer }[] = [];

  constructor(url: string, options: ClientOptions = {}) {
    super();
    this.socket = new WebSocket(url, options);
    this.socket.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) return this.receive(data.toString());
      this.binaries.push({ after: this.frames.length, bytes: data });
      this.wake();
    });
    this.socket.on('close', (code, reason) => {
      this.closed = { code, reason: reason.toString() };
      this.wake();
    });
    this.socket.on('error', () => this.wake());
  }

  send(value: unknown): void {
    this.socket.send(typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value));
  }

  pause(): void {
    this.socket.pause();
  }

  resume(): void {
    this.socket.resume();
  }

  close(): void {
    this.socket.terminate();
  }
}
