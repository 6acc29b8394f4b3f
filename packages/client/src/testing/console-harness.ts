import { afterEach, beforeEach } from 'vitest';
import type { ConsoleMessage, ConsoleMessageType, ConsoleOptions, ConsoleSocket } from '../console/console-options.ts';
import { createConsole } from '../console/create-console.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeConsole } from './fake-console.ts';
import { reaches } from './harness.ts';

/** What tests of the console's client work with: a server on a real socket, a clock, and consoles that are closed at the end. */
export class ConsoleHarness {
  readonly server = new FakeConsole();
  readonly clock = new FakeClock();
  readonly #open: ConsoleSocket[] = [];
  wake: () => void = () => undefined;

  create(options: Partial<ConsoleOptions> = {}): ConsoleSocket {
    const wakeUps = (listener: () => void) => {
      this.wake = listener;
      return () => undefined;
    };
    const socket = createConsole({
      url: this.server.url,
      token: 't',
      clock: this.clock,
      random: () => 0,
      wakeUps,
      ...options,
    });
    this.#open.push(socket);
    return socket;
  }

  async connected(options?: Partial<ConsoleOptions>): Promise<ConsoleSocket> {
    const socket = this.create(options);
    const status = next(socket, 'status');
    socket.connect();
    await status;
    return socket;
  }

  /** The line breaks, and is back. */
  async reconnect(socket: ConsoleSocket): Promise<void> {
    this.server.cut();
    await reaches(socket, 'waiting');
    const session = next(socket, 'session');
    socket.retry();
    await session;
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.close();
    if (this.clock.timers > 0) throw new Error(`${this.clock.timers} timers are left after close()`);
    await this.server.stop();
  }
}

/** One for each test of a file. */
export function useConsoleHarness(): () => ConsoleHarness {
  let harness = new ConsoleHarness();
  beforeEach(async () => {
    harness = new ConsoleHarness();
    await harness.server.start();
  });
  afterEach(() => harness.stop());
  return () => harness;
}

/** The next message of this type that fits. */
export function next<Type extends ConsoleMessageType>(
  socket: ConsoleSocket,
  type: Type,
  fits: (message: ConsoleMessage<Type>) => boolean = () => true,
): Promise<ConsoleMessage<Type>> {
  return new Promise((resolve) => {
    const remove = socket.onMessage(type, (message) => {
      if (!fits(message)) return;
      remove();
      resolve(message);
    });
  });
}

/** Everything that the agent says, as it comes; `until` waits for a piece. */
export function outputOf(socket: ConsoleSocket) {
  const words: string[] = [];
  const waiters = new Set<() => void>();
  socket.onMessage('output', ({ content }) => {
    words.push(content);
    for (const waiter of waiters) waiter();
  });
  socket.onReset(() => words.splice(0));
  const until = async (word: string): Promise<void> => {
    while (words.at(-1) !== word) await new Promise<void>((resolve) => waiters.add(resolve));
  };
  return { words, until };
}
