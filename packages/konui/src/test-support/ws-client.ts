import { type ClientOptions, WebSocket } from 'ws';
import { FrameClient } from './frame-client.ts';

/** A WebSocket client of a test. */
export class WsClient extends FrameClient {
  readonly socket: WebSocket;

  constructor(url: string, options: ClientOptions = {}) {
    super();
    this.socket = new WebSocket(url, options);
    this.socket.on('message', (data: Buffer) => this.receive(data.toString()));
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
