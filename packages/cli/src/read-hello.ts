import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { RunnerMessage } from '@konui/protocol';

/** A runner that is stopped accepts the connection and says nothing. */
const PATIENCE_MS = 1000;

export type RunnerHello = Extract<RunnerMessage, { type: 'hello' }>;

/** What the runner behind a socket says of itself; undefined where nobody says it within a second. */
export function readHello(socketPath: string): Promise<RunnerHello | undefined> {
  const socket = connect(socketPath);
  return new Promise((resolve) => {
    const end = (hello: RunnerHello | undefined) => {
      clearTimeout(patience);
      socket.destroy();
      resolve(hello);
    };
    const patience = setTimeout(() => end(undefined), PATIENCE_MS);
    socket.once('error', () => end(undefined));
    createInterface({ input: socket })
      // readline passes its input's errors on, and one that nobody hears ends the process.
      .on('error', () => end(undefined))
      .once('close', () => end(undefined))
      .once('line', (line) => end(parseHello(line)));
  });
}

function parseHello(line: string): RunnerHello | undefined {
  try {
    const message = RunnerMessage.safeParse(JSON.parse(line)).data;
    return message?.type === 'hello' ? message : undefined;
  } catch {
    // Whatever listens there, it is no runner.
    return undefined;
  }
}
