import { newId, SessionId, type SessionEvent } from '@konui/protocol';
import type { Connection, ConnectionOptions } from '../connection/connection-options.ts';
import { createConnection } from '../connection/connection.ts';
import { FakeClock } from './fake-clock.ts';
import { FakeGateway } from './fake-gateway.ts';

/** The session that these tests speak of. */
export const S = newId(SessionId);

export const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A gateway on a real socket, a clock that the test drives, and connections that are closed at the end. */
export class Harness {
  readonly gateway = new FakeGateway();
  readonly clock = new FakeClock();
  readonly #open: Connection[] = [];
  wake: () => void = () => undefined;
  loseNetwork: () => void = () => undefined;

  static async start(): Promise<Harness> {
    const harness = new Harness();
    await harness.gateway.start();
    return harness;
  }

  async stop(): Promise<void> {
    for (const connection of this.#open) connection.close();
    if (this.clock.timers > 0) throw new Error(`${this.clock.timers} timers are left after close()`);
    await this.gateway.stop();
  }

  create(options: Partial<ConnectionOptions> = {}): Connection {
    const wakeUps = (listener: () => void, onOffline: () => void) => {
      this.wake = listener;
      this.loseNetwork = onOffline;
      return () => undefined;
    };
    const connection = createConnection({
      url: this.gateway.url,
      token: 't',
      clock: this.clock,
      random: () => 0,
      wakeUps,
      ...options,
    });
    this.#open.push(connection);
    return connection;
  }

  async connected(options?: Partial<ConnectionOptions>): Promise<Connection> {
    const connection = this.create(options);
    connection.connect();
    await reaches(connection, 'live');
    return connection;
  }

  fill(count: number): void {
    for (let made = 0; made < count; made += 1) this.gateway.append(S, { kind: 'usage_update' });
  }
}

/** A connection's state, of whichever kind. */
interface WithState<States extends { readonly state: string }> {
  readonly state: States;
  onState(listener: (state: States) => void): () => void;
}

export function reaches<States extends { readonly state: string }, State extends States['state']>(
  connection: WithState<States>,
  state: State,
): Promise<Extract<States, { state: State }>> {
  return new Promise((resolve) => {
    const check = (now: States) => {
      if (now.state !== state) return;
      remove();
      resolve(now as Extract<States, { state: State }>);
    };
    const remove = connection.onState(check);
    check(connection.state);
  });
}

/** Collects a session's events, and waits for one by its seq. */
export function watch(connection: Connection, from?: { seq: number; epoch?: string }) {
  const heard: { seqs: number[]; resets: number; lines: string[] } = { seqs: [], resets: 0, lines: [] };
  const waiters = new Set<() => void>();
  const { promise: caughtUp, resolve } = Promise.withResolvers<void>();
  const unsubscribe = connection.subscribe(S, {
    ...(from === undefined ? {} : { from }),
    onEvent(event: SessionEvent, line) {
      heard.seqs.push(event.seq);
      heard.lines.push(line);
      waiters.forEach((waiter) => waiter());
    },
    onReset() {
      heard.resets += 1;
      heard.seqs.length = 0;
      heard.lines.length = 0;
    },
    onCaughtUp: resolve,
  });
  const until = async (seq: number) => {
    while (heard.seqs.at(-1) !== seq) await new Promise<void>((wakeUp) => waiters.add(wakeUp));
  };
  return { heard, until, caughtUp, unsubscribe };
}
