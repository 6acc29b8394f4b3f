import { connect } from 'node:net';
import { DOORBELL_VERSION, type HostMessage, RunnerMessage } from '@konui/protocol';

/** As `JSON.stringify` begins it. */
const LOG_GREW = '{"type":"log_grew","seq":';

export type RunnerHello = Extract<RunnerMessage, { type: 'hello' }>;

/** A connection to a runner's socket. It carries doorbells (SPEC BELL1); what they speak of is in the files. */
export interface RunnerLink {
  /** The runner's first message; undefined where the connection ended before it. */
  readonly hello: Promise<RunnerHello | undefined>;
  readonly closed: Promise<void>;
  /** The inbox grew. */
  ring(): void;
  /** Asks for a sign of life; only where the hello says `answersPing`. */
  ping(): void;
  /** Wants an agent without work to be ended. */
  endAgent(): void;
  /** Ends the connection, not the runner. */
  close(): void;
}

export interface RunnerLinkOptions {
  readonly socketPath: string;
  /** Called for every message after the hello. A runner of another doorbell version sends none that is understood. */
  onMessage(message: Exclude<RunnerMessage, { type: 'hello' | 'pong' }>): void;
  onPong(): void;
  onWarning(message: string): void;
}

/** Connects to a runner; resolves to undefined if none listens there. */
export async function connectToRunner(options: RunnerLinkOptions): Promise<RunnerLink | undefined> {
  const socket = connect(options.socketPath);
  const isConnected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  if (!isConnected) return undefined;

  const hello = Promise.withResolvers<RunnerHello | undefined>();
  const closed = Promise.withResolvers<void>();
  let isUnderstood = false;
  const send = (message: HostMessage) => {
    if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
  };
  const onLine = (line: string) => {
    const message = parseLogGrew(line) ?? parseMessage(line);
    if (message === undefined) {
      // Every message of another version is strange; saying so once is enough.
      if (isUnderstood) options.onWarning('the runner sent a line that is no message');
    } else if (message.type === 'hello') {
      isUnderstood = message.version === DOORBELL_VERSION;
      if (isUnderstood) send({ type: 'hello', version: DOORBELL_VERSION, pid: process.pid });
      else
        options.onWarning(
          `the runner ${message.pid} is of another version of Konui: its doorbell has version ${message.version}, this host's ${DOORBELL_VERSION}. Its files are read once a second, and it goes on until its session is idle`,
        );
      hello.resolve(message);
    } else if (message.type === 'pong') options.onPong();
    else if (isUnderstood) options.onMessage(message);
  };
  let rest = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) onLine(line);
  });
  socket.on('error', () => socket.destroy());
  socket.once('close', () => {
    hello.resolve(undefined);
    closed.resolve();
  });
  return {
    hello: hello.promise,
    closed: closed.promise,
    ring() {
      if (isUnderstood) send({ type: 'inbox_grew' });
    },
    ping() {
      if (isUnderstood) send({ type: 'ping' });
    },
    endAgent() {
      if (isUnderstood) send({ type: 'end_agent' });
    },
    close: () => socket.destroy(),
  };
}

/** The doorbell that rings for every write, told without parsing JSON; undefined for every other line. */
function parseLogGrew(line: string): RunnerMessage | undefined {
  if (!line.startsWith(LOG_GREW)) return undefined;
  const seq = Number(line.slice(LOG_GREW.length, -1));
  return Number.isSafeInteger(seq) ? { type: 'log_grew', seq } : undefined;
}

function parseMessage(line: string): RunnerMessage | undefined {
  try {
    return RunnerMessage.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
