import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const END_OF_HEAD = Buffer.from('\r\n\r\n');
const RECEIVE_BYTES = 256 * 1024;

export interface RawWebSocket {
  send(text: string): void;
  /** Reads nothing more; what was sent waits in the kernel and at the sender. */
  pause(): void;
  resume(): void;
  close(): void;
}

export interface RawWebSocketOptions {
  /** Of the gateway, on 127.0.0.1. */
  readonly port: number;
  readonly token: string;
  /** Gets each frame's payload, valid until it returns, and the frame's length. */
  readonly onFrame: (payload: Buffer, byteLength: number) => void;
}

/** The least that is a WebSocket client on `/ws`: it cuts frames and copies nothing that need not be. */
export function openRawWebSocket({ port, token, onFrame }: RawWebSocketOptions): Promise<RawWebSocket> {
  const cut = cutFrames(onFrame);
  return new Promise((resolve, reject) => {
    let isOpen = false;
    let isPaused = false;
    let head = Buffer.alloc(0);
    const receive = (chunk: Buffer): void => {
      if (isOpen) return cut(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(END_OF_HEAD);
      if (end === -1) return;
      if (!head.toString('latin1').startsWith('HTTP/1.1 101 ')) reject(new Error(head.toString('latin1')));
      isOpen = true;
      resolve({
        send: (text) => socket.write(toMaskedFrame(text)),
        pause() {
          isPaused = true;
          socket.pause();
        },
        resume() {
          isPaused = false;
          socket.resume();
        },
        close: () => socket.destroy(),
      });
      cut(head.subarray(end + END_OF_HEAD.length));
    };
    const buffer = Buffer.allocUnsafe(RECEIVE_BYTES);
    const callback = (byteLength: number): boolean => {
      receive(buffer.subarray(0, byteLength));
      return !isPaused;
    };
    const socket: Socket = connect({ host: '127.0.0.1', port, noDelay: true, onread: { buffer, callback } });
    socket.once('connect', () => socket.write(toUpgradeRequest(port, token)));
    socket.on('error', reject);
  });
}

function toUpgradeRequest(port: number, token: string): string {
  return [
    'GET /ws HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    `Authorization: Bearer ${token}`,
    '\r\n',
  ].join('\r\n');
}

/** A text frame of up to 65,535 bytes. A mask of zeros leaves the payload as it is (RFC 6455, section 5.3). */
function toMaskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(8);
  head[0] = 0x81;
  head[1] = 0x80 | 126;
  head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

function cutFrames(onFrame: RawWebSocketOptions['onFrame']): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (;;) {
      const frame = measureFrame(bytes, start);
      if (frame === undefined || start + frame.head + frame.payload > bytes.length) break;
      const end = start + frame.head + frame.payload;
      onFrame(bytes.subarray(start + frame.head, end), end - start);
      start = end;
    }
    // The chunk's memory is used again for the next one.
    rest = Buffer.from(bytes.subarray(start));
  };
}

/** RFC 6455, section 5.2, of a server: not masked. */
function measureFrame(bytes: Buffer, start: number): { head: number; payload: number } | undefined {
  const short = bytes[start + 1];
  if (short === undefined) return undefined;
  if (short < 126) return { head: 2, payload: short };
  const head = short === 126 ? 4 : 10;
  if (start + head > bytes.length) return undefined;
  return { head, payload: short === 126 ? bytes.readUInt16BE(start + 2) : Number(bytes.readBigUInt64BE(start + 2)) };
}
