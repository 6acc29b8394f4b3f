import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, SessionId } from '@konui/protocol';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { GatewayProcess } from './test-support/gateway-process.ts';
import { StandInHost } from './test-support/stand-in-host.ts';
import { WsClient } from './test-support/ws-client.ts';

let home: string;
const started: GatewayProcess[] = [];
const start = (...flags: string[]): GatewayProcess => {
  const gateway = flags.length === 0 ? new GatewayProcess(home) : new GatewayProcess(home, flags);
  started.push(gateway);
  return gateway;
};
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'konui-test-'));
});
afterEach(async () => {
  for (const gateway of started.splice(0)) await gateway.end('SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

it('writes who it is and where it listens, keeps its files private, and leaves nothing behind on SIGTERM', async () => {
  const gateway = start();
  const record = await gateway.record();
  expect(record).toMatchObject({ pid: gateway.child.pid, host: '127.0.0.1', url: `http://127.0.0.1:${record.port}` });
  const stat = readFileSync(`/proc/${record.pid}/stat`, 'latin1');
  expect(stat).toContain(` ${record.startTime} `);
  const modes = ['token', 'konui.db', 'run/konui.json'].map((file) => statSync(join(home, file)).mode & 0o777);
  expect(modes).toEqual([0o600, 0o600, 0o600]);
  const client = await new WsClient(`${record.url.replace('http', 'ws')}/ws?token=${gateway.token()}`).opened();
  expect(await gateway.end()).toBe(0);
  expect((await client.untilClosed()).code).toBe(1012);
  expect(existsSync(join(home, 'run/konui.json'))).toBe(false);
  expect(gateway.stderr).not.toContain(gateway.token());
});

it('keeps token and tokens over a kill -9', async () => {
  const first = start();
  await first.record();
  const token = first.token();
  await first.end('SIGKILL');
  const second = start();
  const { url } = await second.record();
  expect(second.token()).toBe(token);
  expect((await fetch(`${url}/api/me`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
});

it('ends within two seconds although clients do not answer', async () => {
  const gateway = start();
  const { url } = await gateway.record();
  const client = await new WsClient(`${url.replace('http', 'ws')}/ws?token=${gateway.token()}`).opened();
  client.socket.pause();
  const begin = performance.now();
  expect(await gateway.end()).toBe(0);
  expect(performance.now() - begin).toBeLessThan(2500);
  client.close();
});

it('says in one line that the port is taken, and exits with 98', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const gateway = start('--port', String(port));
  expect(await gateway.exit()).toBe(98);
  expect(gateway.stderr).toBe(
    `konui: port ${port} on 127.0.0.1 is already in use by another program; choose another one with --port\n`,
  );
  other.close();
});

it('says in one line that the home cannot be written to, and exits with 73', async () => {
  writeFileSync(join(home, 'file'), '');
  chmodSync(join(home, 'file'), 0o400);
  const gateway = new GatewayProcess(join(home, 'file', 'home'));
  started.push(gateway);
  expect(await gateway.exit()).toBe(73);
  expect(gateway.stderr).toMatch(/^konui: the home \S+ cannot be written to \(.+\); choose another one with --home\n$/);
});

it('says in one line what is wrong with a flag, and exits with 78', async () => {
  const gateway = start('--port', 'http');
  expect(await gateway.exit()).toBe(78);
  expect(gateway.stderr).toBe('konui: --port must be a number from 0 to 65535, not "http"\n');
});

it('says in one line that the token file is not usable, and exits with 78', async () => {
  writeFileSync(join(home, 'token'), 'abc');
  const gateway = start();
  expect(await gateway.exit()).toBe(78);
  expect(gateway.stderr).toMatch(
    /^konui: \S+token holds no access token of at least 32 characters; delete it to get a new one\n$/,
  );
});

it('[GW7] stays small while a client does not read, and catches it up afterwards', async () => {
  mkdirSync(join(home, 'run'));
  const host = new StandInHost(join(home, 'host'), join(home, 'run', 'konsole.sock'));
  await host.start();
  const sessionId = newId(SessionId);
  host.createSession(sessionId);
  const gateway = start('--port', '0', '--log-level', 'warn');
  const { url, pid } = await gateway.record();
  const connect = () => new WsClient(`${url.replace('http', 'ws')}/ws?token=${gateway.token()}`).opened();
  const [slow, quick] = [await connect(), await connect()];
  for (const client of [slow, quick]) {
    client.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
    await client.frame('chat_caught_up');
  }
  slow.socket.pause();
  const megabytes = (): number =>
    Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  const bodies = Array.from({ length: 400 }, (_, index) => ({
    kind: 'agent_message_chunk',
    content: { type: 'text', text: `${index} ${'x'.repeat(10_000)}` },
  }));
  let before = 0;
  for (let burst = 0; burst < 48; burst += 1) {
    // The first 32 MB fill what the collector leaves lying about in any process.
    if (burst === 8) before = megabytes();
    host.append(sessionId, bodies);
    await quick.eventsUpTo(sessionId, 1 + (burst + 1) * bodies.length);
  }
  // 160 MB more went to the quick client; a buffer for the slow one would hold them all.
  expect(megabytes() - before).toBeLessThan(80);
  slow.socket.resume();
  const received = await slow.eventsUpTo(sessionId, host.lines(sessionId).length);
  expect(received.length).toBe(host.lines(sessionId).length);
  expect(received.every((line, index) => line === host.lines(sessionId)[index])).toBe(true);
  for (const client of [slow, quick]) client.close();
  await gateway.end();
  await host.die();
});
