// Answers `GET /<n>` with n bytes of JSON that are there already.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const bodies = new Map<string, Buffer>();
process.once('disconnect', () => process.exit());
const server = createServer((request, answer) => {
  const size = request.url?.slice(1) ?? '';
  const body = bodies.get(size) ?? Buffer.from(`"${'x'.repeat(Math.max(0, Number(size) - 2))}"`);
  bodies.set(size, body);
  answer.setHeader('content-type', 'application/json').end(body);
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
