// Sends stamped lines over each TCP connection, one per tick of a message {everyMs, ticks}.
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { toEventLine } from '../../packages/log/src/event-line.ts';
import { type Pace, paced } from '../paced.ts';
import { BENCH_SESSION, createStampedBody } from '../stamped-event.ts';

const sockets: Socket[] = [];
let seq = 0;
process.on('message', (pace: Pace) => {
  void paced(pace, () => {
    const place = { seq: ++seq, sessionId: BENCH_SESSION, at: new Date().toISOString() };
    const line = `${toEventLine(place, createStampedBody())}\n`;
    for (const socket of sockets) socket.write(line);
  });
});
process.once('disconnect', () => process.exit());
const server = createServer({ noDelay: true }, (socket) => sockets.push(socket));
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
