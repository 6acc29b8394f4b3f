// Opens many `/ws` clients that throw away what comes: `ws-reader <port> <count>`.
import { openRawWebSocket } from '../product/raw-web-socket.ts';

const [port = 0, count = 0] = process.argv.slice(2).map(Number);
for (let at = 0; at < count; at++) void openRawWebSocket({ port, token: '', onFrame: () => undefined });
process.once('disconnect', () => process.exit());
