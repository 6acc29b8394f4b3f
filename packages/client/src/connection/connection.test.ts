import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness, range, reaches } from '../testing/harness.ts';
import { createConnection } from './connection.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await Harness.start();
});
afterEach(() => harness.stop());

describe('the socket', () => {
  it('[A8] whatever calls connect at once, one socket is opened', async () => {
    const connection = harness.create();
    for (const _ of range(5)) connection.connect();
    connection.retry();
    await reaches(connection, 'live');
    connection.connect();
    connection.retry();
    expect(harness.gateway.upgrades).toBe(1);
  });

  it('[A8] several copies of the SDK in one tab share one socket, and the last to close closes it', async () => {
    const tab = {};
    const [one, other] = [harness.create({ tab }), harness.create({ tab })];
    one.connect();
    other.connect();
    await Promise.all([reaches(one, 'live'), reaches(other, 'live')]);
    expect(harness.gateway.upgrades).toBe(1);
    one.close();
    one.close();
    expect(other.state.state).toBe('live');
    other.close();
    expect(other.state.state).toBe('closed');
  });

  it('[A6] a connection that drops without a close is opened again after a second, then ever later up to 30 s', async () => {
    const connection = await harness.connected();
    harness.gateway.refuseWith = 503;
    harness.gateway.infoStatus = 503;
    harness.gateway.cut();
    const delays: number[] = [];
    for (let attempt = 1; attempt <= 7; attempt += 1) {
      const { nextAttemptAt } = await reaches(connection, 'waiting');
      delays.push(nextAttemptAt - harness.clock.now());
      harness.clock.advance(nextAttemptAt - harness.clock.now());
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  it('[A6] after 20 attempts it is disconnected until a person retries or the device wakes', async () => {
    harness.gateway.refuseWith = 502;
    harness.gateway.infoStatus = 502;
    const connection = harness.create();
    connection.connect();
    for (let attempt = 1; attempt < 20; attempt += 1) {
      const { nextAttemptAt } = await reaches(connection, 'waiting');
      harness.clock.advance(nextAttemptAt - harness.clock.now());
    }
    await reaches(connection, 'disconnected');
    expect(harness.gateway.upgrades).toBe(20);
    harness.gateway.refuseWith = undefined;
    connection.retry();
    await reaches(connection, 'live');
  });

  it('[A6] a wake-up retries at once', async () => {
    const connection = await harness.connected();
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    harness.wake();
    await reaches(connection, 'live');
    expect(harness.gateway.upgrades).toBe(2);
  });

  it('[A6] an attempt on a line that is dead but not closed ends after 5 s, the next after 10 s, then after 15 s', async () => {
    const connection = await harness.connected({ transport: 'websocket' });
    harness.gateway.isSilent = true;
    harness.gateway.cut();
    for (const [index, timeoutMs] of [5_000, 10_000, 15_000, 15_000].entries()) {
      const { nextAttemptAt } = await reaches(connection, 'waiting');
      harness.clock.advance(nextAttemptAt - harness.clock.now());
      await harness.gateway.until(() => harness.gateway.upgrades === index + 2);
      harness.clock.advance(timeoutMs - 1);
      expect(connection.state.state).toBe('connecting');
      expect(harness.gateway.requests).toHaveLength(index);
      harness.clock.advance(1);
      await harness.gateway.until(() => harness.gateway.requests.length === index + 1);
    }
  });

  it('[A6] 401 at the upgrade is found out through the info endpoint and never loops', async () => {
    harness.gateway.refuseWith = 401;
    harness.gateway.infoStatus = 401;
    const connection = harness.create();
    connection.connect();
    expect(await reaches(connection, 'refused')).toEqual({ state: 'refused', code: 'UNAUTHORIZED' });
    // Node's own WebSocket asks a second time after a 401.
    const { upgrades } = harness.gateway;
    harness.clock.advance(3_600_000);
    harness.wake();
    expect(harness.clock.timers).toBe(0);
    expect(connection.state.state).toBe('refused');
    expect(harness.gateway.upgrades).toBe(upgrades);
  });

  it('[GW10] close code 4401 means that the sign-in ended', async () => {
    const connection = await harness.connected();
    harness.gateway.sockets[0]?.close(4401);
    await reaches(connection, 'refused');
    harness.clock.advance(3_600_000);
    expect(harness.gateway.upgrades).toBe(1);
  });

  it('[A14] a gateway that restarts is expected back soon', async () => {
    const connection = await harness.connected();
    harness.gateway.broadcast({ kind: 'server_notice', notice: 'going_away', message: 'restarting' });
    harness.gateway.sockets[0]?.close(1012);
    const waiting = await reaches(connection, 'waiting');
    expect(waiting.isRestart).toBe(true);
    expect(waiting.nextAttemptAt - harness.clock.now()).toBeLessThan(2_000);
  });

  it('[A7] a server that no longer answers is noticed within 45 s', async () => {
    const connection = await harness.connected();
    harness.clock.advance(30_000);
    await harness.gateway.until(() => harness.gateway.framesOf('ping').length === 1);
    harness.gateway.isSilent = true;
    const states: string[] = [];
    connection.onState(({ state }) => states.push(state));
    // The pong may still be on its way, so the silence is counted from the next ping.
    harness.clock.advance(45_000);
    expect(states).toContain('waiting');
  });

  it('[A7] as long as pings are answered the connection stays', async () => {
    const connection = await harness.connected();
    for (let pings = 1; pings <= 5; pings += 1) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const remove = connection.onFrame('pong', () => resolve());
      harness.clock.advance(30_000);
      await promise;
      remove();
    }
    expect(connection.state.state).toBe('live');
    expect(harness.gateway.upgrades).toBe(1);
  });

  it('[A9] a machine that slept checks its connection at once', async () => {
    const connection = await harness.connected();
    harness.gateway.isSilent = true;
    const states: string[] = [];
    connection.onState(({ state }) => states.push(state));
    const heardAtMs = connection.heardAtMs();
    harness.clock.sleep(3_600_000);
    await harness.gateway.until(() => harness.gateway.framesOf('ping').length === 1);
    harness.clock.advance(5_000);
    expect(states).toEqual(['waiting']);
    expect(connection.heardAtMs()).toBe(heardAtMs);
  });

  it('[A7] without a network the server is asked at once, and counts as lost after 2 s without an answer', async () => {
    const connection = await harness.connected();
    harness.gateway.isSilent = true;
    const states: string[] = [];
    connection.onState(({ state }) => states.push(state));
    harness.loseNetwork();
    await harness.gateway.until(() => harness.gateway.framesOf('ping').length === 1);
    harness.clock.advance(2_000);
    expect(states).toEqual(['waiting']);
  });

  it('[A7] without a network a server on this machine still answers, and nothing is lost', async () => {
    const connection = await harness.connected();
    const answered = new Promise<void>((resolve) => void connection.onFrame('pong', () => resolve()));
    harness.loseNetwork();
    await answered;
    harness.clock.advance(10_000);
    expect(connection.state.state).toBe('live');
    expect(harness.gateway.upgrades).toBe(1);
  });

  it('[ACC1] every attempt has a ticket of its own', async () => {
    const tickets: string[] = [];
    const getTicket = async () => {
      tickets.push(`ticket-${tickets.length}`);
      return `ticket-${tickets.length - 1}`;
    };
    const { gateway, clock } = harness;
    const connection = createConnection({ url: gateway.url, getTicket, clock, random: () => 0 });
    connection.connect();
    await reaches(connection, 'live');
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    connection.retry();
    await reaches(connection, 'live');
    expect(tickets).toHaveLength(2);
    connection.close();
  });
});
