import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Harness, range, reaches, S, watch } from '../testing/harness.ts';
import type { Connection } from './connection-options.ts';
import { createConnection } from './connection.ts';

const TEN_MINUTES = 10 * 60_000;

let harness: Harness;
beforeEach(async () => {
  harness = await Harness.start();
});
afterEach(() => harness.stop());

const streams = () => harness.gateway.requests.filter((path) => path === '/api/stream').length;

/** A connection behind a proxy that lets no upgrade through. */
async function fallenBack() {
  harness.gateway.refuseWith = 502;
  const connection = harness.create();
  connection.connect();
  for (const _ of range(3)) {
    const { nextAttemptAt } = await reaches(connection, 'waiting');
    harness.clock.advance(nextAttemptAt - harness.clock.now());
  }
  await reaches(connection, 'live');
  return connection;
}

/** Lets time pass with its pings answered, until it is over or a new connection is live. */
async function pass(connection: Connection, ms: number) {
  for (const _ of range(ms / 30_000)) {
    const { promise, resolve } = Promise.withResolvers<void>();
    let isNew = false;
    const removals = [
      connection.onFrame('pong', () => resolve()),
      connection.onState(({ state }) => {
        if (state !== 'live') return;
        isNew = true;
        resolve();
      }),
    ];
    harness.clock.advance(30_000);
    await promise;
    for (const remove of removals) remove();
    if (isNew) return;
  }
}

describe('the fallback', () => {
  it('[FB6] A12: while a WebSocket works no stream is opened, however often it breaks', async () => {
    const connection = await harness.connected();
    const page = watch(connection);
    harness.fill(5);
    await page.until(5);
    for (const _ of range(5)) {
      harness.gateway.cut();
      await reaches(connection, 'waiting');
      connection.retry();
      await reaches(connection, 'live');
    }
    await pass(connection, TEN_MINUTES);
    expect(streams()).toBe(0);
    expect(harness.gateway.upgrades).toBe(6);
  });

  it('[FB6] A12: after three failed upgrades to a server that answers, the same events come by a stream', async () => {
    harness.fill(3);
    const connection = await fallenBack();
    expect([harness.gateway.upgrades, streams()]).toEqual([3, 1]);
    const page = watch(connection);
    await page.until(3);
    harness.gateway.append(S, { kind: 'odd', text: 'ü\u2028 \r\n' });
    await page.until(4);
    expect(page.heard.lines).toEqual(harness.gateway.log(S).map((event) => JSON.stringify(event)));
    expect(await connection.send(S, 'hello').settled).toEqual({ state: 'accepted' });
    await page.until(5);
  });

  it('[FB6] a server that does not answer is waited for; no stream is tried', async () => {
    harness.gateway.infoStatus = 503;
    harness.gateway.refuseWith = 503;
    const connection = harness.create();
    connection.connect();
    for (const _ of range(6)) {
      const { nextAttemptAt } = await reaches(connection, 'waiting');
      harness.clock.advance(nextAttemptAt - harness.clock.now());
    }
    await reaches(connection, 'waiting');
    expect(streams()).toBe(0);
  });

  it('[FB6] goes back to a WebSocket after ten minutes, if one opens by then, with nothing missing or doubled', async () => {
    const connection = await fallenBack();
    const page = watch(connection);
    await page.caughtUp;
    await pass(connection, TEN_MINUTES);
    await harness.gateway.until(() => harness.gateway.upgrades === 4);
    expect(connection.state.state).toBe('live');
    harness.gateway.refuseWith = undefined;
    while (harness.gateway.upgrades === 4) await pass(connection, 30_000);
    await harness.gateway.until(() => harness.gateway.openStreams === 0);
    await reaches(connection, 'live');
    harness.fill(3);
    await page.until(3);
    expect(page.heard.seqs).toEqual([1, 2, 3]);
    expect(harness.gateway.sockets.at(-1)?.isOpen()).toBe(true);
  });

  it('transport: sse opens a stream at once and never a WebSocket; transport: websocket never a stream', async () => {
    const connection = await harness.connected({ transport: 'sse' });
    await pass(connection, TEN_MINUTES);
    expect([harness.gateway.upgrades, connection.state.state]).toEqual([0, 'live']);
    connection.close();
    const opened = streams();
    harness.gateway.refuseWith = 502;
    const other = harness.create({ transport: 'websocket' });
    other.connect();
    for (const _ of range(5)) {
      const { nextAttemptAt } = await reaches(other, 'waiting');
      harness.clock.advance(nextAttemptAt - harness.clock.now());
    }
    expect(streams()).toBe(opened);
  });

  it('[CMD1] a frame that could not be posted breaks the stream, and is sent again over the next one', async () => {
    const connection = await harness.connected({ transport: 'sse' });
    harness.gateway.refusePostsWith = 502;
    const handle = connection.send(S, 'hello');
    await reaches(connection, 'waiting');
    await harness.gateway.until(() => harness.gateway.openStreams === 0);
    harness.gateway.refusePostsWith = undefined;
    connection.retry();
    expect(await handle.settled).toEqual({ state: 'accepted' });
    expect(harness.gateway.log(S)).toHaveLength(1);
  });

  it('[FB5] an end with 4401, and a stream that is refused with 401, never loop', async () => {
    const connection = await harness.connected({ transport: 'sse' });
    harness.gateway.sockets[0]?.close(4401);
    await reaches(connection, 'refused');
    harness.clock.advance(3_600_000);
    expect(streams()).toBe(1);
    harness.gateway.infoStatus = 401;
    connection.retry();
    await reaches(connection, 'connecting');
    await reaches(connection, 'refused');
    harness.clock.advance(3_600_000);
    expect([streams(), harness.clock.timers]).toEqual([2, 0]);
  });

  it('[A7] a stream whose server no longer answers is noticed within 45 s', async () => {
    const connection = await harness.connected({ transport: 'sse' });
    harness.clock.advance(30_000);
    await harness.gateway.until(() => harness.gateway.framesOf('ping').length === 1);
    harness.gateway.isSilent = true;
    const states: string[] = [];
    connection.onState(({ state }) => states.push(state));
    harness.clock.advance(45_000);
    expect(states).toContain('waiting');
  });

  it('[ACC1] signs every request in: with the token where there is one, else with a ticket each', async () => {
    const tickets: string[] = [];
    const getTicket = async () => `ticket ${tickets.push('one')}`;
    for (const credentials of [{ getTicket }, { getTicket, getToken: () => 'secret' }]) {
      const { gateway, clock } = harness;
      const connection = createConnection({ url: gateway.url, transport: 'sse', clock, ...credentials });
      connection.connect();
      await reaches(connection, 'live');
      await connection.send(S, 'hello').settled;
      connection.close();
      expect(tickets).toHaveLength(2);
    }
  });
});
