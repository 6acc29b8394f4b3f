// Reads from many raw TCP connections and throws away what comes: `socket-reader <port> <count>`.
import { connect } from 'node:net';

const [port = 0, count = 0] = process.argv.slice(2).map(Number);
const buffer = Buffer.allocUnsafe(256 * 1024);
for (let at = 0; at < count; at++) {
  connect({ host: '127.0.0.1', port, onread: { buffer, callback: () => true } }).on('error', () => process.exit());
}
process.once('disconnect', () => process.exit());
