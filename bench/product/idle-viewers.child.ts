// Opens more and more `/ws` clients: `idle-viewers <port> <tokens, comma>`; a message {count, sessionId?} opens so many,
// subscribed if a session is named, and is answered when all are caught up.
import { openRawWebSocket } from './raw-web-socket.ts';

const READY = { open: 'server_hello', subscribed: 'chat_caught_up' };
const [port = '', tokens = ''] = process.argv.slice(2);
const known = tokens.split(',');
let opened = 0;

process.on('message', ({ count, sessionId }: { count: number; sessionId?: string }) => {
  void openAll(count, sessionId).then(() => process.send?.({ opened }));
});
process.once('disconnect', () => process.exit());
process.send?.({ ready: true });

async function openAll(count: number, sessionId: string | undefined): Promise<void> {
  for (let at = 0; at < count; at++) await openOne(sessionId);
}

async function openOne(sessionId: string | undefined): Promise<void> {
  const awaited = sessionId === undefined ? READY.open : READY.subscribed;
  const ready = Promise.withResolvers<void>();
  const socket = await openRawWebSocket({
    port: Number(port),
    token: known[opened++ % known.length] ?? '',
    onFrame(payload) {
      if (payload.includes(awaited)) ready.resolve();
    },
  });
  if (sessionId !== undefined)
    socket.send(JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] }));
  await ready.promise;
}
