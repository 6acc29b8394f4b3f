// What a WebSocket library does by itself: `ws-send <count> <size> <period µs> <ticks> <per tick>` waits for so many
// clients and sends each of them every message by a `send` of its own. Tells its port, then the CPU time per message.
import { type AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { paced } from '../paced.ts';

const [count = 0, size = 0, periodUs = 0, ticks = 0, perTick = 1] = process.argv.slice(2).map(Number);
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false, backlog: 2048 });
server.on('listening', () => process.send?.({ port: (server.address() as AddressInfo).port }));
server.on('connection', (socket) => {
  socket.on('error', () => socket.terminate());
  if (server.clients.size === count) void send();
});
process.once('disconnect', () => process.exit());

async function send(): Promise<void> {
  const text = 'a'.repeat(size);
  const before = process.cpuUsage();
  await paced({ everyMs: periodUs / 1000, ticks }, () => {
    for (let at = 0; at < perTick; at++) for (const socket of server.clients) socket.send(text);
  });
  const { user, system } = process.cpuUsage(before);
  process.send?.({ usPerMessage: (user + system) / (ticks * perTick * count) });
}
