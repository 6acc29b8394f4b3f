// Many `/ws` clients in one process, as cheap as can be: raw sockets that count events and bytes.
// `viewers <port> <token> <sessionId> <count>`. On a message {prompt} the first sends it; when all have seen the run's
// end, their counts since then are sent back.
import { randomBytes, randomUUID } from 'node:crypto';
import { connect, type Socket } from 'node:net';

const [port = '', token = '', sessionId = '', count = '1'] = process.argv.slice(2);
const buffer = Buffer.allocUnsafe(256 * 1024);
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const COMPLETE = Buffer.from('"kind":"complete"');
/** A log line's kind stands this near its beginning. */
const HEAD_BYTES = 120;
const SUBSCRIBE = JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });

interface Viewer {
  readonly socket: Socket;
  events: number;
  bytes: number;
  isComplete: boolean;
}

const viewers = await Promise.all(Array.from({ length: Number(count) }, openViewer));
process.on('message', ({ prompt }: { prompt: string }) => {
  for (const viewer of viewers) Object.assign(viewer, { events: 0, bytes: 0, isComplete: false });
  const frame = { type: 'chat.send', sessionId, clientMessageId: randomUUID(), content: prompt };
  viewers[0]?.socket.write(toMaskedFrame(JSON.stringify(frame)));
});
process.once('disconnect', () => process.exit());
process.send?.({ ready: viewers.length });

function reportWhenComplete(): void {
  if (viewers.every(({ isComplete }) => isComplete)) process.send?.(viewers.map(({ events, bytes }) => ({ events, bytes })));
}

function openViewer(): Promise<Viewer> {
  return new Promise((resolve, reject) => {
    let isOpen = false;
    let head = Buffer.alloc(0);
    const receive = (chunk: Buffer): void => {
      if (isOpen) return count(chunk);
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(END_OF_HEAD);
      if (end === -1) return;
      if (!head.toString('latin1').startsWith('HTTP/1.1 101 ')) reject(new Error(head.toString('latin1')));
      isOpen = true;
      socket.write(toMaskedFrame(SUBSCRIBE));
      count(head.subarray(end + END_OF_HEAD.length));
      resolve(viewer);
    };
    const socket = connect({
      host: '127.0.0.1',
      port: Number(port),
      noDelay: true,
      onread: {
        buffer,
        callback: (byteLength) => {
          receive(Buffer.from(buffer.subarray(0, byteLength)));
          return true;
        },
      },
    });
    const viewer: Viewer = { socket, events: 0, bytes: 0, isComplete: false };
    const count = countEvents(viewer);
    socket.once('connect', () => socket.write(upgradeRequest()));
    socket.once('error', reject);
  });
}

function upgradeRequest(): string {
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

/** Counts the frames of events: those that begin like a log line. */
function countEvents(viewer: Viewer): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (;;) {
      const frame = measureFrame(bytes, start);
      if (frame === undefined || start + frame.head + frame.payload > bytes.length) break;
      const payload = bytes.subarray(start + frame.head, start + frame.head + frame.payload);
      if (payload.toString('latin1', 0, 7) === '{"seq":') {
        viewer.events++;
        viewer.bytes += frame.head + frame.payload;
        if (payload.subarray(0, HEAD_BYTES).includes(COMPLETE)) {
          viewer.isComplete = true;
          reportWhenComplete();
        }
      }
      start += frame.head + frame.payload;
    }
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
