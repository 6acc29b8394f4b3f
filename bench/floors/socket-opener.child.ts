// Opens more and more bare sockets: `socket-opener <port>`; a message {count} opens so many, and is answered when each
// has got its first bytes.
import { once } from 'node:events';
import { connect } from 'node:net';

const [port = ''] = process.argv.slice(2);
let opened = 0;

process.on('message', ({ count }: { count: number }) => void openAll(count).then(() => process.send?.({ opened })));
process.once('disconnect', () => process.exit());
process.send?.({ ready: true });

async function openAll(count: number): Promise<void> {
  for (let at = 0; at < count; at++) {
    const socket = connect({ host: '127.0.0.1', port: Number(port), noDelay: true });
    socket.write('.');
    await once(socket, 'data');
    opened++;
  }
}
