// Many `/ws` clients in one process that count events and bytes: `viewers <port> <tokens, comma> <sessionId> <count>`.
// On a message {prompt} the first sends it; when all have seen the run's end, their counts since then are sent back.
import { randomUUID } from 'node:crypto';
import { openRawWebSocket, type RawWebSocket } from './raw-web-socket.ts';

const EVENT_HEAD = '{"seq":';
const COMPLETE = Buffer.from('"kind":"complete"');
/** A log line's kind stands this near its beginning. */
const HEAD_BYTES = 120;

interface Viewer {
  readonly socket: RawWebSocket;
  events: number;
  bytes: number;
  isComplete: boolean;
}

const [port = '', tokens = '', sessionId = '', count = '1'] = process.argv.slice(2);
const known = tokens.split(',');
const subscribe = JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });
const CAUGHT_UP = '"kind":"chat_caught_up"';
let caughtUp = 0;
const viewers = await Promise.all(Array.from({ length: Number(count) }, openViewer));
for (const { socket } of viewers) socket.send(subscribe);

process.on('message', ({ prompt }: { prompt: string }) => {
  for (const viewer of viewers) Object.assign(viewer, { events: 0, bytes: 0, isComplete: false });
  const frame = { type: 'chat.send', sessionId, clientMessageId: randomUUID(), content: prompt };
  viewers[0]?.socket.send(JSON.stringify(frame));
});
process.once('disconnect', () => process.exit());

async function openViewer(_: unknown, at: number): Promise<Viewer> {
  const token = known[at % known.length] ?? '';
  const counts = { events: 0, bytes: 0, isComplete: false };
  const onFrame = (payload: Buffer, byteLength: number): void => {
    if (payload.toString('latin1', 0, EVENT_HEAD.length) !== EVENT_HEAD) {
      if (payload.includes(CAUGHT_UP) && ++caughtUp === Number(count)) process.send?.({ ready: caughtUp });
      return;
    }
    counts.events++;
    counts.bytes += byteLength;
    if (!payload.subarray(0, HEAD_BYTES).includes(COMPLETE)) return;
    counts.isComplete = true;
    if (!viewers.every(({ isComplete }) => isComplete)) return;
    process.send?.(viewers.map(({ events, bytes }) => ({ events, bytes })));
    for (const viewer of viewers) viewer.isComplete = false;
  };
  const socket = await openRawWebSocket({ port: Number(port), token, onFrame });
  return Object.assign(counts, { socket });
}
