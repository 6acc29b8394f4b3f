import { newId, SessionId, type SessionEvent } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../outbox/outbox-storage.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { FakeGateway } from '../testing/fake-gateway.ts';
import type { Connection, ConnectionOptions } from './connection-options.ts';
import type { ConnectionState } from './connection-state.ts';
import { createConnection } from './connection.ts';

const gateway = { current: new FakeGateway() };
let clock: FakeClock;
let open: Connection[];
let wake: () => void;
const S = newId(SessionId);

beforeEach(async () => {
  gateway.current = new FakeGateway();
  await gateway.current.start();
  clock = new FakeClock();
  open = [];
});
afterEach(async () => {
  for (const connection of open) connection.close();
  expect(clock.timers).toBe(0);
  await gateway.current.stop();
});

function create(options: Partial<ConnectionOptions> = {}): Connection {
  const wakeUps = (listener: () => void) => {
    wake = listener;
    return () => undefined;
  };
  const connection = createConnection({ url: gateway.current.url, token: 't', clock, random: () => 0, wakeUps, ...options });
  open.push(connection);
  return connection;
}

function reaches<State extends ConnectionState['state']>(connection: Connection, state: State): Promise<Extract<ConnectionState, { state: State }>> {
  return new Promise((resolve) => {
    const check = (now: ConnectionState) => {
      if (now.state !== state) return;
      remove();
      resolve(now as Extract<ConnectionState, { state: State }>);
    };
    const remove = connection.onState(check);
    check(connection.state);
  });
}

async function connected(options?: Partial<ConnectionOptions>): Promise<Connection> {
  const connection = create(options);
  connection.connect();
  await reaches(connection, 'live');
  return connection;
}

/** Collects a session's events, and waits for one by its seq. */
function watch(connection: Connection, from?: { seq: number; epoch?: string }) {
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

const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const fill = (count: number) => range(count).forEach(() => gateway.current.append(S, { kind: 'usage_update' }));

describe('the socket', () => {
  it('[A8] whatever calls connect at once, one socket is opened', async () => {
    const connection = create();
    for (const _ of range(5)) connection.connect();
    connection.retry();
    await reaches(connection, 'live');
    connection.connect();
    connection.retry();
    expect(gateway.current.upgrades).toBe(1);
  });

  it('[A8] several copies of the SDK in one tab share one socket, and the last to close closes it', async () => {
    const tab = {};
    const [one, other] = [create({ tab }), create({ tab })];
    one.connect();
    other.connect();
    await Promise.all([reaches(one, 'live'), reaches(other, 'live')]);
    expect(gateway.current.upgrades).toBe(1);
    one.close();
    one.close();
    expect(other.state.state).toBe('live');
    other.close();
    expect(other.state.state).toBe('closed');
  });

  it('[A6] a connection that drops without a close is opened again after a second, then ever later up to 30 s', async () => {
    const connection = await connected();
    gateway.current.refuseWith = 503;
    gateway.current.cut();
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const { nextAttemptAt } = await reaches(connection, 'waiting');
      delays.push(nextAttemptAt - clock.now());
      clock.advance(nextAttemptAt - clock.now());
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('[A6] after 20 attempts it is disconnected until a person retries or the device wakes', async () => {
    gateway.current.refuseWith = 502;
    const connection = create();
    connection.connect();
    for (let attempt = 1; attempt < 20; attempt += 1) {
      const { nextAttemptAt } = await reaches(connection, 'waiting');
      clock.advance(nextAttemptAt - clock.now());
    }
    await reaches(connection, 'disconnected');
    expect(gateway.current.upgrades).toBe(20);
    gateway.current.refuseWith = undefined;
    connection.retry();
    await reaches(connection, 'live');
  });

  it('[A6] a wake-up retries at once', async () => {
    const connection = await connected();
    gateway.current.cut();
    await reaches(connection, 'waiting');
    wake();
    await reaches(connection, 'live');
  });

  it('[A6] 401 at the upgrade is found out through the info endpoint and never loops', async () => {
    gateway.current.refuseWith = 401;
    gateway.current.infoStatus = 401;
    const connection = create();
    connection.connect();
    expect(await reaches(connection, 'refused')).toEqual({ state: 'refused', code: 'UNAUTHORIZED' });
    // Node's own WebSocket asks a second time after a 401.
    const { upgrades } = gateway.current;
    clock.advance(3_600_000);
    wake();
    expect(clock.timers).toBe(0);
    expect(connection.state.state).toBe('refused');
    expect(gateway.current.upgrades).toBe(upgrades);
  });

  it('[GW10] close code 4401 means that the sign-in ended', async () => {
    const connection = await connected();
    gateway.current.sockets[0]?.close(4401);
    await reaches(connection, 'refused');
    clock.advance(3_600_000);
    expect(gateway.current.upgrades).toBe(1);
  });

  it('[A14] a gateway that restarts is expected back soon', async () => {
    const connection = await connected();
    gateway.current.broadcast({ kind: 'server_notice', notice: 'going_away', message: 'restarting' });
    gateway.current.sockets[0]?.close(1012);
    const waiting = await reaches(connection, 'waiting');
    expect(waiting.isRestart).toBe(true);
    expect(waiting.nextAttemptAt - clock.now()).toBeLessThan(2_000);
  });

  it('[A7] a server that no longer answers is noticed within 45 s', async () => {
    const connection = await connected();
    clock.advance(30_000);
    await gateway.current.until(() => gateway.current.framesOf('ping').length === 1);
    gateway.current.isSilent = true;
    const states: string[] = [];
    connection.onState(({ state }) => states.push(state));
    // The pong may still be on its way, so the silence is counted from the next ping.
    clock.advance(45_000);
    expect(states).toContain('waiting');
  });

  it('[A7] as long as pings are answered the connection stays', async () => {
    const connection = await connected();
    for (let pings = 1; pings <= 5; pings += 1) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const remove = connection.onFrame('pong', () => resolve());
      clock.advance(30_000);
      await promise;
      remove();
    }
    expect(connection.state.state).toBe('live');
    expect(gateway.current.upgrades).toBe(1);
  });

  it('[A9] a machine that slept checks its connection at once', async () => {
    const connection = await connected();
    clock.sleep(3_600_000);
    await gateway.current.until(() => gateway.current.framesOf('ping').length === 1);
    gateway.current.isSilent = true;
    gateway.current.cut();
    await reaches(connection, 'waiting');
  });

  it('[ACC1] every attempt has a ticket of its own', async () => {
    const tickets: string[] = [];
    const getTicket = async () => {
      tickets.push(`ticket-${tickets.length}`);
      return `ticket-${tickets.length - 1}`;
    };
    const connection = createConnection({ url: gateway.current.url, getTicket, clock, random: () => 0 });
    open.push(connection);
    connection.connect();
    await reaches(connection, 'live');
    gateway.current.cut();
    await reaches(connection, 'waiting');
    connection.retry();
    await reaches(connection, 'live');
    expect(tickets).toHaveLength(2);
  });
});

describe('subscriptions', () => {
  it('[A9] nothing is missing and nothing doubled over a dropped connection', async () => {
    gateway.current.beginEpoch(S, 'e1');
    fill(5);
    const connection = await connected();
    const page = watch(connection);
    await page.until(6);
    gateway.current.cut();
    await reaches(connection, 'waiting');
    fill(4);
    connection.retry();
    await page.until(10);
    expect(page.heard).toEqual({ seqs: range(10), resets: 0, lines: gateway.current.log(S).map((event) => JSON.stringify(event)) });
    expect(gateway.current.framesOf('chat.subscribe').at(-1)?.sessions).toEqual([{ sessionId: S, lastSeq: 6, epoch: 'e1' }]);
  });

  it('[SEQ6] what lies beyond a gap is not applied but fetched again from the cursor', async () => {
    gateway.current.beginEpoch(S, 'e1');
    const connection = await connected();
    const page = watch(connection);
    await page.caughtUp;
    let lost = 0;
    gateway.current.loses = ({ seq }) => seq === 3 && (lost += 1) === 1;
    fill(4);
    await page.until(5);
    expect(page.heard.seqs).toEqual(range(5));
  });

  it('[SEQ5] a cursor of an epoch that is gone resets the session and begins at its first event', async () => {
    gateway.current.beginEpoch(S, 'e1');
    fill(5);
    const connection = await connected();
    const page = watch(connection);
    await page.until(6);
    gateway.current.cut();
    await reaches(connection, 'waiting');
    gateway.current.beginEpoch(S, 'e2', 3);
    connection.retry();
    await page.until(4);
    expect(page.heard).toMatchObject({ seqs: range(4), resets: 1 });
  });

  it('[GW6] a late joiner gets everything, and the first takes no harm', async () => {
    gateway.current.beginEpoch(S, 'e1');
    fill(3);
    const connection = await connected();
    const first = watch(connection);
    await first.until(4);
    const second = watch(connection);
    await second.caughtUp;
    fill(1);
    await Promise.all([first.until(5), second.until(5)]);
    expect([first.heard.seqs, second.heard.seqs]).toEqual([range(5), range(5)]);
  });

  it('a page that left and comes back with its cursor gets what is new', async () => {
    gateway.current.beginEpoch(S, 'e1');
    fill(3);
    const connection = await connected();
    const first = watch(connection);
    await first.caughtUp;
    const cursor = first.unsubscribe.cursor();
    first.unsubscribe();
    await gateway.current.until(() => gateway.current.framesOf('chat.unsubscribe').length === 1);
    fill(2);
    const second = watch(connection, cursor);
    await second.caughtUp;
    expect(second.heard.seqs).toEqual([5, 6]);
  });
});

describe('commands', () => {
  it('[CMD1] a prompt whose acknowledgement was lost is sent again with the same id and done once', async () => {
    gateway.current.onCommand = () => 'lose_ack';
    const connection = await connected();
    const handle = connection.send(S, 'hello');
    await gateway.current.until(() => gateway.current.framesOf('chat.send').length === 1);
    gateway.current.onCommand = () => 'accept';
    gateway.current.cut();
    await reaches(connection, 'waiting');
    expect(connection.pending(S)).toMatchObject([{ commandId: handle.commandId, state: 'waiting' }]);
    connection.retry();
    expect(await handle.settled).toEqual({ state: 'accepted' });
    expect(gateway.current.framesOf('chat.send').map((frame) => frame.clientMessageId)).toEqual([handle.commandId, handle.commandId]);
    expect(gateway.current.log(S)).toHaveLength(1);
    expect(connection.pending()).toEqual([]);
  });

  it('[CMD1] the event that quotes a command settles it without an acknowledgement', async () => {
    gateway.current.onCommand = () => 'lose_ack';
    const connection = await connected();
    const page = watch(connection);
    const handle = connection.send(S, 'hello');
    expect(await handle.settled).toEqual({ state: 'accepted' });
    await page.until(1);
  });

  it('[C8] an accepted prompt stays pending until its event is here', async () => {
    const connection = await connected();
    const page = watch(connection);
    await page.caughtUp;
    const seen: string[] = [];
    connection.onPendingChange(() => seen.push(connection.pending(S).map(({ state }) => state).join()));
    await connection.send(S, 'hello').settled;
    await page.until(1);
    expect(seen).toEqual(['waiting', 'sent', 'accepted', '']);
  });

  it('[C8] prompts survive a reload, in order, also identical ones', async () => {
    const storage = createMemoryStorage();
    const before = create({ storage });
    const ids = ['one', 'two', 'two'].map((text) => before.send(S, text).commandId);
    before.close();
    const after = await connected({ storage });
    expect(after.pending(S).map(({ commandId }) => commandId)).toEqual(ids);
    await gateway.current.until(() => gateway.current.framesOf('chat.send').length === 3);
    expect(gateway.current.framesOf('chat.send').map((frame) => frame.clientMessageId)).toEqual(ids);
    const { promise, resolve } = Promise.withResolvers<void>();
    after.onPendingChange(() => after.pending().length === 0 && resolve());
    if (after.pending().length > 0) await promise;
    expect(storage.length).toBe(0);
  });

  it('[GW13] a refused command says why; one that may be retried is', async () => {
    const connection = await connected();
    gateway.current.onCommand = () => ({ code: 'SESSION_GONE', retryable: false });
    expect(await connection.send(S, 'hello').settled).toEqual({ state: 'refused', code: 'SESSION_GONE', message: 'SESSION_GONE' });
    gateway.current.onCommand = () => ({ code: 'HOST_UNREACHABLE', retryable: true });
    const { promise, resolve } = Promise.withResolvers<void>();
    connection.onPendingChange(() => connection.pending(S)[0]?.lastError !== undefined && resolve());
    const handle = connection.send(S, 'again');
    await promise;
    gateway.current.onCommand = () => 'accept';
    clock.advance(1_000);
    expect(await handle.settled).toEqual({ state: 'accepted' });
  });

  it('[CMD6] a stop names the run that is known to be open', async () => {
    gateway.current.beginEpoch(S, 'e1');
    const runId = '00000000-0000-4000-8000-000000000001';
    gateway.current.append(S, { kind: 'run_started', runId, promptId: runId });
    const connection = await connected();
    await watch(connection).caughtUp;
    await connection.abort(S).settled;
    expect(gateway.current.framesOf('chat.abort')[0]?.runId).toBe(runId);
  });

  it('[CMD6] a stop without a run that could not be sent for a minute is dropped with its reason', async () => {
    const connection = create();
    const handle = connection.abort(S);
    clock.advance(60_000);
    expect(await handle.settled).toMatchObject({ state: 'dropped', reason: 'expired' });
    expect(connection.pending()).toEqual([]);
  });

  it('a message larger than the server takes is refused at once', async () => {
    const connection = await connected();
    expect(await connection.send(S, 'x'.repeat(1_000_001)).settled).toMatchObject({ state: 'refused', code: 'FRAME_TOO_LARGE' });
  });

  it('a message too large to survive a reload is sent all the same, and says so', () => {
    const connection = create();
    connection.send(S, 'x'.repeat(4 * 1024 * 1024));
    expect(connection.pending(S)[0]?.storageError?.code).toBe('STORAGE_FULL');
  });
});
