// The floor of paced-writes.c in Node, for machines without a C compiler: `paced-writes <count> <size> <period µs> <ticks>`.
// Listens, waits for its readers, and tells the CPU time per write.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

const [count = 0, size = 0, periodUs = 0, ticks = 0] = process.argv.slice(2).map(Number);
const sockets: Socket[] = [];
const server = createServer({ noDelay: true }, (socket) => {
  socket.on('error', () => socket.destroy());
  sockets.push(socket);
  if (sockets.length === count) void write();
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());

async function write(): Promise<void> {
  const bytes = Buffer.alloc(size, 'a');
  const start = performance.now();
  const before = process.cpuUsage();
  for (let tick = 0; tick < ticks; tick++) {
    for (const socket of sockets) socket.write(bytes);
    await delay(Math.max(0, start + ((tick + 1) * periodUs) / 1000 - performance.now()));
  }
  const { user, system } = process.cpuUsage(before);
  process.send?.({ usPerWrite: (user + system) / (ticks * count) });
}
