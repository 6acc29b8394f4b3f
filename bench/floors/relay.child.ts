// Forwards bytes between a TCP socket that it listens for and its target, without looking at them:
// `relay tcp <port>` or `relay program <command> <args…>` (its stdio).
import { spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { Readable, Writable } from 'node:stream';

const [kind, ...target] = process.argv.slice(2);

const server = createServer({ noDelay: true }, (socket) => {
  const { input, output } = kind === 'tcp' ? connectTo(Number(target[0])) : startProgram(target);
  socket.on('data', (chunk) => input.write(chunk));
  output.on('data', (chunk: Buffer) => socket.write(chunk));
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.once('disconnect', () => process.exit());

function connectTo(port: number): { input: Writable; output: Readable } {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  return { input: socket, output: socket };
}

function startProgram([command = '', ...args]: readonly string[]): { input: Writable; output: Readable } {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill('SIGKILL'));
  return { input: child.stdin, output: child.stdout };
}
