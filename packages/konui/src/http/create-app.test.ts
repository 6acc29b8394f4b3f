import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { newId, SessionId } from '@konui/protocol';
import { afterEach, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../test-support/start-test-gateway.ts';

const open: TestGateway[] = [];
const start = async (options?: TestGatewayOptions): Promise<TestGateway> => {
  const gateway = await startTestGateway(options);
  open.push(gateway);
  return gateway;
};
afterEach(async () => {
  for (const gateway of open.splice(0)) await gateway.close();
});

interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** As a browser or a script would, with headers that fetch does not let one choose. */
function ask(port: number, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() }));
    });
    // A refused upgrade is answered like any other request, and an accepted one is none of this test's.
    sent.on('upgrade', (answer, socket) => {
      socket.destroy();
      resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: '' });
    });
    sent.on('error', reject);
    sent.end();
  });
}

const UPGRADE = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==' };
const codeOf = (answer: Answer): unknown => JSON.parse(answer.body).error.code;

it('[GW11] refuses upgrades with plain answers: 404 for the path, 401 for the sign-in, 403 for the Origin, 421 for the Host', async () => {
  const { port, token } = await start();
  expect(await ask(port, `/nothing?token=${token}`, UPGRADE)).toMatchObject({ status: 404 });
  for (const query of ['', '?token=', '?token=wrong', '?ticket=wrong']) {
    const answer = await ask(port, `/ws${query}`, UPGRADE);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHORIZED']);
  }
  const foreign = await ask(port, `/ws?token=${token}`, { ...UPGRADE, origin: 'http://evil.example' });
  expect([foreign.status, codeOf(foreign)]).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
  const rebound = await ask(port, `/ws?token=${token}`, { ...UPGRADE, host: `evil.example:${port}` });
  expect([rebound.status, codeOf(rebound)]).toEqual([421, 'HOST_NOT_ALLOWED']);
  expect(await ask(port, `/ws?token=${token}`, { ...UPGRADE, origin: `http://localhost:${port}` })).toMatchObject({ status: 101 });
  expect(await ask(port, '/healthz', { connection: 'Upgrade', upgrade: 'h2c' })).toMatchObject({ status: 200 });
});

it('[ACC1] needs a token for everything but the page and /healthz', async () => {
  const { port, token } = await start();
  for (const path of ['/api/me', '/api/providers', '/api/providers/sessions', '/api/console/ws/info', '/api/folders', '/api/nothing', '/api']) {
    expect(await ask(port, path), path).toMatchObject({ status: 401, headers: { 'www-authenticate': 'Bearer' } });
  }
  expect(await ask(port, '/healthz')).toMatchObject({ status: 200 });
  expect(await ask(port, '/', { accept: 'text/html' })).toMatchObject({ status: 503, body: expect.stringContaining('npm start') });
  expect(await ask(port, '/api/me', { authorization: `Bearer ${token}` })).toMatchObject({ status: 200 });
  expect(await ask(port, `/api/me?token=${token}`)).toMatchObject({ status: 200 });
  expect(await ask(port, '/api/nothing', { authorization: `Bearer ${token}` })).toMatchObject({ status: 404 });
});

it('[ACC1] takes a ticket once, and only for 30 s', async () => {
  const { port, fetch, connect, skipMs } = await start();
  const ticket = async () => {
    const answer: { ticket?: string; expiresInMs?: number } = JSON.parse(await (await fetch('/api/tickets', { method: 'POST' })).text());
    expect(answer.expiresInMs).toBe(30_000);
    return answer.ticket ?? '';
  };
  const first = await ticket();
  await connect(`ticket=${first}`);
  expect(await ask(port, `/ws?ticket=${first}`, UPGRADE)).toMatchObject({ status: 401 });
  const late = await ticket();
  skipMs(30_001);
  expect(await ask(port, `/api/me?ticket=${late}`)).toMatchObject({ status: 401 });
});

it('[ACC1] does not take a ticket whose token was revoked', async () => {
  const { port, gateway, fetch } = await start();
  const { id, token } = gateway.tokens.create('phone');
  const answer = await fetch('/api/tickets', { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const { ticket } = JSON.parse(await answer.text());
  gateway.tokens.revoke(id);
  expect(await ask(port, `/ws?ticket=${ticket}`, UPGRADE)).toMatchObject({ status: 401 });
});

it('[ACC2] stores no token, and logs neither token nor ticket nor query', async () => {
  const { fetch, connect, token, logLines, port } = await start();
  await connect();
  const { ticket } = JSON.parse(await (await fetch('/api/tickets', { method: 'POST' })).text());
  await connect(`ticket=${ticket}`);
  await fetch(`/api/nothing?token=${token}&secret=1`);
  await ask(port, `/ws?token=${token}x`, UPGRADE);
  const log = logLines.join('');
  expect(log).toContain('socket opened');
  expect(log).toContain('upgrade refused');
  for (const secret of [token, ticket, 'secret=1']) expect(log).not.toContain(secret);
});

it('[ACC2] answers 429 after many wrong tokens, and still lets the right one in', async () => {
  const { port, token, skipMs } = await start();
  const wrong = () => ask(port, '/api/me', { authorization: 'Bearer wrong' });
  for (let count = 0; count < 20; count += 1) expect((await wrong()).status).toBe(401);
  expect(await wrong()).toMatchObject({ status: 429, headers: { 'retry-after': '60' } });
  expect(await ask(port, '/api/me', { authorization: `Bearer ${token}` })).toMatchObject({ status: 200 });
  skipMs(60_001);
  expect((await wrong()).status).toBe(401);
});

it('[ACC3] refuses foreign hosts and origins, and what other pages load', async () => {
  const { port, token } = await start();
  const headers = { authorization: `Bearer ${token}` };
  for (const host of ['evil.example', `127.0.0.1:${port + 1}`, 'localhost']) {
    expect((await ask(port, '/', { host })).status, host).toBe(421);
  }
  for (const origin of ['http://evil.example', 'null', `http://localhost:${port + 1}`, `http://localhost:${port}.evil.example`]) {
    expect(await ask(port, '/api/me', { ...headers, origin }), origin).toMatchObject({ status: 403 });
  }
  for (const site of ['cross-site', 'same-site']) {
    expect(await ask(port, '/api/me', { ...headers, 'sec-fetch-site': site }), site).toMatchObject({ status: 403 });
  }
  const own = await ask(port, '/api/me', { ...headers, origin: `http://127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' });
  expect(own.status).toBe(200);
  expect(Object.keys(own.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
});

it('[ACC3] takes the hosts and origins that are configured, and a trusted proxy\'s word for them', async () => {
  const { port, token } = await start({
    config: { allowedHosts: ['konui.example'], allowedOrigins: ['https://other.example'], trustedProxies: ['127.0.0.0/8'] },
  });
  const headers = { authorization: `Bearer ${token}` };
  const proxied = { ...headers, host: '10.0.0.1:80', 'x-forwarded-host': 'konui.example', 'x-forwarded-proto': 'https' };
  expect(await ask(port, '/api/me', { ...proxied, origin: 'https://konui.example' })).toMatchObject({ status: 200 });
  expect(await ask(port, '/api/me', { ...proxied, origin: 'https://konui.example:8443' })).toMatchObject({ status: 403 });
  expect(await ask(port, '/api/me', { ...proxied, origin: 'https://other.example', 'sec-fetch-site': 'cross-site' })).toMatchObject({ status: 200 });
  expect(await ask(port, '/api/me', { ...headers, host: '10.0.0.1:80' })).toMatchObject({ status: 421 });
});

it('[ACC3] does not believe forwarding headers of a proxy that is not trusted', async () => {
  const { port, token } = await start({ config: { allowedHosts: ['konui.example'] } });
  const headers = { authorization: `Bearer ${token}`, host: 'evil.example', 'x-forwarded-host': 'konui.example' };
  expect(await ask(port, '/api/me', headers)).toMatchObject({ status: 421 });
});

it('[ACC4] attaches the platform\'s user without a token, on loopback, and is off by default', async () => {
  const { port, connect } = await start({ config: { platformUser: 'ada' } });
  const me = await ask(port, '/api/me', { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' });
  expect(JSON.parse(me.body)).toEqual({ user: 'ada', device: 'Firefox on Linux' });
  await connect('');
  expect(await ask(port, '/api/me?token=wrong')).toMatchObject({ status: 401 });
  expect(await ask(port, '/api/me', { origin: 'http://evil.example' })).toMatchObject({ status: 403 });
});

it('[ACC5] logs what a socket does under its identity', async () => {
  const { connect, token, newSession, logLines } = await start();
  const client = await connect(`token=${token}&device=tablet`);
  client.send({ type: 'chat.send', sessionId: newSession(), content: 'private words' });
  await client.frame('chat_accepted');
  const line = logLines.find((text) => text.includes('"command"')) ?? '{}';
  expect(JSON.parse(line)).toMatchObject({ device: 'tablet', tokenId: expect.any(String), type: 'chat.send' });
  expect(logLines.join('')).not.toContain('private words');
});

it('A3: the info endpoint tells a client what it needs before it connects', async () => {
  const { fetch, connect, host } = await start();
  await connect();
  const info = async (): Promise<unknown> => (await fetch('/api/console/ws/info')).json();
  const common = { protocolVersion: 1, serverVersion: '1.2.3', heartbeat: { intervalMs: 30_000, staleMs: 90_000 }, connectedClients: 1 };
  expect(await info()).toEqual({ ...common, hostReachable: true, sessions: 3, running: 1 });
  await host.die();
  expect(await info()).toEqual({ ...common, hostReachable: false, sessions: null, running: null });
  expect((await fetch('/healthz')).status).toBe(503);
});

it('serves history with the log lines byte for byte', async () => {
  const { fetch, host, newSession } = await start();
  const sessionId = newSession();
  host.append(sessionId, [{ kind: 'a', text: '\u2028é,"' }, { kind: 'b' }, { kind: 'c' }]);
  const lines = host.lines(sessionId);
  const page = async (query: string) => (await fetch(`/api/providers/sessions/${sessionId}/events${query}`)).text();
  const head = `{"sessionId":"${sessionId}","epoch":"epoch-1","lastSeq":4,"more":`;
  expect(await page('')).toBe(`${head}false,"events":[${lines.join(',')}]}`);
  expect(await page('?after=1&limit=2')).toBe(`${head}true,"events":[${lines.slice(1, 3).join(',')}]}`);
  expect(await page('?before=3&limit=1')).toBe(`${head}true,"events":[${lines[1]}]}`);
  expect(await page('?after=4')).toBe(`${head}false,"events":[]}`);
});

it('D1: lists running sessions without attaching to any', async () => {
  const { fetch, host } = await start();
  expect(await (await fetch('/api/providers/sessions/running')).json()).toEqual({ sessions: [] });
  expect(host.openStreams).toBe(0);
});

it('creates a session and passes on what the host says', async () => {
  const { fetch } = await start();
  const create = (body: string) => fetch('/api/providers/sessions', { method: 'POST', body });
  const created = await create('{"provider":"demo","projectPath":"/tmp"}');
  expect([created.status, await created.json()]).toEqual([201, { provider: 'demo', projectPath: '/tmp', sessionId: 'new' }]);
  expect((await fetch(`/api/providers/sessions/${newId(SessionId)}`)).status).toBe(404);
});

it.each([
  ['no JSON', '{', 400, 'INVALID_JSON'],
  ['an array', '[]', 400, 'INVALID_MESSAGE'],
  ['null', 'null', 400, 'INVALID_MESSAGE'],
  ['bad fields', '{"provider":"../x","projectPath":"/tmp"}', 400, 'INVALID_MESSAGE'],
  ['deep JSON', '['.repeat(1000), 400, 'INVALID_MESSAGE'],
  ['a body over the limit', `"${'x'.repeat(300_000)}"`, 413, 'FRAME_TOO_LARGE'],
])('answers %s with its code', async (_name, body, status, code) => {
  const { fetch } = await start();
  const answer = await fetch('/api/providers/sessions', { method: 'POST', body });
  expect([answer.status, await answer.json()]).toEqual([status, { error: { code, message: expect.any(String) } }]);
});

it('answers bad ids, ranges and paths with their codes', async () => {
  const { fetch, folder } = await start();
  const statusOf = async (path: string) => (await fetch(path)).status;
  expect(await statusOf('/api/providers/sessions/..%2f..%2fetc')).toBe(400);
  expect(await statusOf(`/api/providers/sessions/${newId(SessionId)}/events?after=x`)).toBe(400);
  expect(await statusOf(`/api/providers/sessions/${newId(SessionId)}/attachments/abc`)).toBe(400);
  expect(await statusOf('/api/folders?path=relative')).toBe(400);
  expect(await statusOf(`/api/folders?path=${folder}/nothing`)).toBe(404);
  expect(await statusOf(`/api/folders?path=${folder}/token`)).toBe(404);
});

it('lists folders for the picker, and says which hold a repository', async () => {
  const { fetch, folder } = await start();
  mkdirSync(join(folder, 'projects', 'one', '.git'), { recursive: true });
  mkdirSync(join(folder, 'projects', 'two'));
  writeFileSync(join(folder, 'projects', 'file'), '');
  const path = join(folder, 'projects');
  expect(await (await fetch(`/api/folders?path=${path}/`)).json()).toEqual({
    ...{ path, parent: folder, isGitRepository: false },
    folders: [
      { name: 'one', path: join(path, 'one'), isGitRepository: true },
      { name: 'two', path: join(path, 'two'), isGitRepository: false },
    ],
  });
  expect(await (await fetch('/api/folders')).json()).toMatchObject({ path: folder });
});

it('serves attachments under the type of their bytes, harmless in a browser', async () => {
  const { fetch, folder, newSession } = await start();
  const sessionId = newSession();
  const serve = async (bytes: Buffer) => {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(folder, 'host', sha256), bytes);
    const answer = await fetch(`/api/providers/sessions/${sessionId}/attachments/${sha256}`);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(answer.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    return answer.headers.get('content-type');
  };
  expect(await serve(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0]))).toBe('image/png');
  expect(await serve(Buffer.from('<svg onload="alert(1)"></svg>'))).toBe('text/plain; charset=utf-8');
  expect(await serve(Buffer.from('é'.repeat(200_000)))).toBe('text/plain; charset=utf-8');
  expect(await serve(Buffer.from([0, 1, 2, 255]))).toBe('application/octet-stream');
  expect(await serve(Buffer.alloc(0))).toBe('text/plain; charset=utf-8');
});

it('serves the built web app with caching, compression, a strict policy, and its own paths', async () => {
  const { port, folder } = await start();
  mkdirSync(join(folder, 'web', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><p>app');
  writeFileSync(join(folder, 'web', 'assets', 'app-1a2b.js'), 'x'.repeat(5000));
  writeFileSync(join(folder, 'secret'), 'no');
  const page = await ask(port, '/sessions/42', { accept: 'text/html' });
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><p>app', headers: { 'cache-control': 'no-store', 'x-frame-options': 'DENY' } });
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port}`);
  const asset = await ask(port, '/assets/app-1a2b.js', { 'accept-encoding': 'gzip' });
  expect(asset).toMatchObject({ status: 200, headers: { 'content-encoding': 'gzip', 'cache-control': 'public, max-age=31536000, immutable' } });
  expect(Number(asset.headers['content-length'])).toBeLessThan(200);
  expect(await ask(port, '/assets/app-1a2b.js', { 'if-none-match': String(asset.headers.etag) })).toMatchObject({ status: 304, body: '' });
  for (const path of ['/assets/gone.js', '/../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret', '/no/page']) {
    expect((await ask(port, path)).status, path).toBe(404);
  }
});
