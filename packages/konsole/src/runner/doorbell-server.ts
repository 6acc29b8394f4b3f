import { DOORBELL_VERSION, HostMessage, type RunnerMessage } from '@konui/protocol';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';

export interface DoorbellServer {
  /** Tells every konsole that is connected; what it did not hear it reads from the files later. */
  ring(message: RunnerMessage): void;
  close(): Promise<void>;
}

export interface DoorbellServerOptions {
  readonly path: string;
  readonly hello: () => Extract<RunnerMessage, { type: 'hello' }>;
  readonly onInboxGrew: () => void;
  readonly isAgentAlive: () => boolean;
  /** The host wants the memory of an agent without work. */
  readonly onEndAgent: () => void;
}

/** A konsole that does not read its doorbells is cut off: it connects again and reads the files. */
const MAX_UNREAD_BYTES = 256 * 1024;

/** Listens on the runner's unix socket, mode 0600. The caller holds the session's lock, so an old socket file is a dead one's. */
export async function startDoorbellServer(options: DoorbellServerOptions): Promise<DoorbellServer> {
  const { path, hello, onInboxGrew, isAgentAlive, onEndAgent } = options;
  const sockets = new Set<Socket>();
  const send = (socket: Socket, message: RunnerMessage): void => {
    if (socket.writableLength > MAX_UNREAD_BYTES) socket.destroy();
    else socket.write(`${JSON.stringify(message)}\n`);
  };

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    send(socket, hello());
    let rest = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const message = parseHostMessage(line);
        if (message?.type === 'inbox_grew') onInboxGrew();
        if (message?.type === 'ping') send(socket, { type: 'pong' });
        if (message?.type === 'end_agent') onEndAgent();
        if (message?.type === 'hello') send(socket, { type: 'agent', isAlive: isAgentAlive() });
        // A konsole of another version still rings and reads; it says itself that the versions differ.
        if (message?.type === 'hello' && message.version !== DOORBELL_VERSION) onInboxGrew();
      }
    });
  });

  rmSync(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  chmodSync(path, 0o600);

  return {
    ring(message) {
      for (const socket of sockets) send(socket, message);
    },
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.end();
      setTimeout(() => sockets.forEach((socket) => socket.destroy()), 200).unref();
      await closed;
    },
  };
}

function parseHostMessage(line: string): HostMessage | undefined {
  try {
    return HostMessage.safeParse(JSON.parse(line)).data;
  } catch {
    // A bell that is no JSON still says nothing that the files do not.
    return undefined;
  }
}
