// A server of bare sockets that answers each one's first bytes; it says its port, and reports its memory on SIGUSR2.
import { type AddressInfo, createServer } from 'node:net';

const sockets = new Set<object>();
const server = createServer({ noDelay: true }, (socket) => {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('data', () => socket.write('server_hello'));
});
server.listen(0, '127.0.0.1', 2048, () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());
