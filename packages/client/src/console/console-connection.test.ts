import { describe, expect, it } from 'vitest';
import { useConsoleHarness } from '../testing/console-harness.ts';
import { range, reaches } from '../testing/harness.ts';
import { createConsole } from './create-console.ts';

const harness = useConsoleHarness();

describe('the console socket', () => {
  it('[A8] whatever calls connect at once, and from however many copies of the SDK, one socket is opened', async () => {
    const { server, create } = bound();
    const tab = {};
    const [one, other] = [create({ tab }), create({ tab })];
    for (const _ of range(5)) for (const socket of [one, other]) socket.connect();
    one.retry();
    await Promise.all([reaches(one, 'live'), reaches(other, 'live')]);
    one.connect();
    expect(server.upgrades).toBe(1);
    one.close();
    expect(other.state.state).toBe('live');
    other.close();
    expect(other.state.state).toBe('closed');
  });

  it('[A8] consoles for two sessions have a socket each', async () => {
    const { server, create } = bound();
    const tab = {};
    const sockets = [server.sessionId, '00000000-0000-4000-8000-000000000001'].map((session) =>
      create({ tab, session }),
    );
    for (const socket of sockets) socket.connect();
    await Promise.all(sockets.map((socket) => reaches(socket, 'live')));
    expect(server.upgrades).toBe(2);
  });

  it('[A6] is opened again after a second, then ever later up to 30 s, twenty times, and then when somebody asks', async () => {
    const { server, clock, connected } = bound();
    const socket = await connected();
    server.refuseWith = 503;
    server.infoStatus = 503;
    server.cut();
    const delays: number[] = [];
    for (const _ of range(19)) {
      const { nextAttemptAt } = await reaches(socket, 'waiting');
      delays.push(nextAttemptAt - clock.now());
      clock.advance(nextAttemptAt - clock.now());
    }
    await reaches(socket, 'disconnected');
    expect(delays.slice(0, 7)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
    expect(clock.timers).toBe(0);
    server.refuseWith = undefined;
    socket.retry();
    await reaches(socket, 'live');
  });

  it('[A6] a wake-up retries at once, also after the last attempt', async () => {
    const { server, clock, connected } = bound();
    const socket = await connected();
    server.cut();
    await reaches(socket, 'waiting');
    harness().wake();
    await reaches(socket, 'live');
    server.refuseWith = 503;
    server.infoStatus = 503;
    server.cut();
    for (const _ of range(19)) {
      const { nextAttemptAt } = await reaches(socket, 'waiting');
      clock.advance(nextAttemptAt - clock.now());
    }
    await reaches(socket, 'disconnected');
    server.refuseWith = undefined;
    harness().wake();
    await reaches(socket, 'live');
  });

  it('[A6] 401 at the upgrade is found out through the info endpoint and never loops', async () => {
    const { server, clock, create } = bound();
    server.refuseWith = 401;
    server.infoStatus = 401;
    const socket = create();
    socket.connect();
    expect(await reaches(socket, 'refused')).toEqual({ state: 'refused', code: 'UNAUTHORIZED' });
    const { upgrades } = server;
    clock.advance(3_600_000);
    harness().wake();
    expect([clock.timers, server.upgrades, socket.state.state]).toEqual([0, upgrades, 'refused']);
    server.refuseWith = undefined;
    socket.retry();
    await reaches(socket, 'live');
  });

  it('[CON8] A6: a token that is revoked says so and closes with 4401, and the socket stays closed', async () => {
    const { server, clock, connected } = bound();
    const socket = await connected();
    const errors: string[] = [];
    socket.onMessage('error', ({ code }) => errors.push(code));
    server.send({ type: 'error', code: 'UNAUTHORIZED', error: 'this sign-in has been ended', retryable: false });
    server.socket.close(4401);
    await reaches(socket, 'refused');
    clock.advance(3_600_000);
    expect([errors, server.upgrades]).toEqual([['UNAUTHORIZED'], 1]);
  });

  it('[CON8] A14: a gateway that restarts is expected back soon', async () => {
    const { server, clock, connected } = bound();
    const socket = await connected();
    server.socket.close(1012);
    const waiting = await reaches(socket, 'waiting');
    expect(waiting.isRestart).toBe(true);
    expect(waiting.nextAttemptAt - clock.now()).toBeLessThan(2_000);
  });

  it('[A7] pings every 30 s, and a server that no longer answers is noticed within 45 s', async () => {
    const { server, clock, connected } = bound();
    const socket = await connected();
    clock.advance(30_000);
    await server.until(() => server.receivedOf('ping').length === 1);
    server.isSilent = true;
    const states: string[] = [];
    socket.onState(({ state }) => states.push(state));
    clock.advance(45_000);
    expect(states).toContain('waiting');
  });

  it('[A9] a machine that slept checks its socket at once', async () => {
    const { server, clock, connected } = bound();
    const socket = await connected();
    server.isSilent = true;
    const states: string[] = [];
    socket.onState(({ state }) => states.push(state));
    clock.sleep(3_600_000);
    await server.until(() => server.receivedOf('ping').length === 1);
    clock.advance(5_000);
    expect(states).toEqual(['waiting']);
  });

  it('[A13] every attempt has a ticket of its own', async () => {
    const { server, clock } = bound();
    const tickets: string[] = [];
    const getTicket = async () => `ticket ${tickets.push('one')}`;
    const socket = createConsole({ url: server.url, getTicket, clock });
    socket.connect();
    await reaches(socket, 'live');
    await harness().reconnect(socket);
    expect(server.queries.flatMap((query) => query.getAll('ticket'))).toEqual(['ticket 1', 'ticket 2']);
    expect(server.queries.map((query) => query.has('token'))).toEqual([false, false]);
    socket.close();
  });

  it('[CON2] a host that is away is no reason to give the socket up', async () => {
    const { server, create, clock } = bound();
    server.refusal = { code: 'HOST_UNREACHABLE', retryable: true };
    const socket = create();
    socket.connect();
    await reaches(socket, 'live');
    clock.advance(20_000);
    expect([socket.state.state, server.upgrades]).toEqual(['live', 1]);
  });
});

function bound() {
  const { server, clock } = harness();
  return {
    server,
    clock,
    create: harness().create.bind(harness()),
    connected: harness().connected.bind(harness()),
  };
}
