import { newId, SessionId, type SessionInfo } from '@konui/protocol';
import { sampleSession } from '@konui/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createApi } from '../api/api.ts';
import { createConnection } from '../connection/connection.ts';
import type { Connection } from '../connection/connection-options.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { FakeGateway } from '../testing/fake-gateway.ts';
import { createSessionList, type SessionList } from './session-list.ts';

const S = newId(SessionId);
let gateway: FakeGateway;
let clock: FakeClock;
let connection: Connection;
let list: SessionList;

const row = (fields: Partial<SessionInfo> = {}): SessionInfo =>
  sampleSession({ sessionId: S, lastSeq: 5, epoch: 'e1', ...fields });

beforeEach(async () => {
  gateway = new FakeGateway();
  await gateway.start();
  gateway.sessions = [row()];
  clock = new FakeClock();
  connection = createConnection({ url: gateway.url, token: 't', clock, random: () => 0 });
  connection.connect();
  list = createSessionList(connection, createApi({ baseUrl: `http://127.0.0.1:${gateway.port}`, token: 't' }), {
    clock,
  });
  await until(() => list.get().state === 'ready' && connection.state.state === 'live');
  // The look at what runs that follows the connection's being live.
  await gateway.until(() => gateway.requests.filter((path) => path.endsWith('/running')).length === 1);
});
afterEach(async () => {
  list.close();
  connection.close();
  if (clock.timers > 0) throw new Error('timers are left after close()');
  await gateway.stop();
});

async function until(predicate: () => boolean): Promise<void> {
  while (!predicate()) {
    await new Promise<void>((resolve) => {
      const removals = [list.subscribe(done), connection.onState(done), connection.onPendingChange(done)];
      function done(): void {
        for (const remove of removals) remove();
        resolve();
      }
    });
  }
}

const status = () => list.get().sessions[0]?.status;

describe('the session list', () => {
  it('[D4] a delta changes one row, and a removal removes it', async () => {
    gateway.broadcast({ kind: 'session_upserted', session: row({ title: 'new', lastSeq: 6 }) });
    await until(() => list.get().sessions[0]?.title === 'new');
    gateway.broadcast({ kind: 'session_removed', sessionId: S });
    await until(() => list.get().sessions.length === 0);
    expect(list.get().state).toBe('ready');
  });

  it('[D3] a prompt just sent shows as working, and an older snapshot does not clear it', async () => {
    gateway.onCommand = () => 'lose_ack';
    connection.send(S, 'hello');
    expect(status()).toBe('working');
    expect(list.get().runningCount).toBe(1);
    await list.refresh();
    expect(status()).toBe('working');
    gateway.broadcast({ kind: 'session_upserted', session: row({ title: 'late', lastSeq: 6 }) });
    await until(() => list.get().sessions[0]?.title === 'late');
    expect(status()).toBe('working');
  });

  it('[D3] a session that finished clears', async () => {
    await connection.send(S, 'hello').settled;
    expect(status()).toBe('working');
    gateway.broadcast({ kind: 'session_upserted', session: row({ status: 'working', lastSeq: 7 }) });
    gateway.broadcast({ kind: 'session_upserted', session: row({ status: 'idle', lastSeq: 9 }) });
    await until(() => status() === 'idle');
    expect(list.get().runningCount).toBe(0);
  });

  it('[D3] a prompt that was refused does not show as working', async () => {
    gateway.onCommand = () => ({ code: 'SESSION_GONE', retryable: false });
    connection.send(S, 'hello');
    expect(status()).toBe('working');
    await until(() => status() === 'idle');
  });

  it('[D3] a missed end of a run is healed within a minute', async () => {
    gateway.broadcast({ kind: 'session_upserted', session: row({ status: 'working', lastSeq: 6 }) });
    await until(() => status() === 'working');
    gateway.sessions = [row({ lastSeq: 9 })];
    clock.advance(60_000);
    await until(() => status() === 'idle');
    expect(list.get().runningCount).toBe(0);
  });

  it('[D3] rows are current while they are told as they change: not without a connection, and again once they were fetched', async () => {
    await until(() => list.get().isCurrent);
    gateway.cut();
    await until(() => !list.get().isCurrent);
    gateway.sessions = [row({ title: 'renamed meanwhile', lastSeq: 6 })];
    connection.retry();
    await until(() => list.get().isCurrent);
    expect(list.get().sessions[0]?.title).toBe('renamed meanwhile');
  });

  it('[D3] rows are not current while the gateway cannot reach its host', async () => {
    await until(() => list.get().isCurrent);
    gateway.broadcast({ kind: 'server_notice', notice: 'host_unreachable', message: '' });
    await until(() => !list.get().isCurrent);
    await list.refresh();
    expect(list.get().isCurrent).toBe(false);
    gateway.broadcast({ kind: 'server_notice', notice: 'host_back', message: '' });
    await until(() => list.get().isCurrent);
  });

  it('[D3] a missed start of a run is healed at the next reconnect', async () => {
    gateway.cut();
    await until(() => connection.state.state === 'waiting');
    gateway.sessions = [row({ status: 'working', lastSeq: 7 })];
    connection.retry();
    await until(() => status() === 'working');
    expect(list.get().runningCount).toBe(1);
  });
});
