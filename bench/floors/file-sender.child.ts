// Sends a file over each TCP connection, as fast as the other side reads it: `file-sender <path>`.
import { createReadStream } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';

const [path = ''] = process.argv.slice(2);
const server = createServer({ noDelay: true }, (socket) => {
  // The other side asks with one byte, so that connecting is no part of the measurement.
  socket.once('data', () => createReadStream(path, { highWaterMark: 256 * 1024 }).pipe(socket));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());
