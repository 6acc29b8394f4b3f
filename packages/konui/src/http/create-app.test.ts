import { createHash } from 'node:crypto';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { newId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { ask } from '../test-support/ask.ts';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

it('A3: the info endpoint tells a client what it needs before it connects', async () => {
  const { fetch, connect, host } = await start();
  await connect();
  const info = async (): Promise<unknown> => (await fetch('/api/console/ws/info')).json();
  const common = {
    protocolVersion: 1,
    serverVersion: '1.2.3',
    heartbeat: { intervalMs: 30_000, staleMs: 90_000 },
    connectedClients: 1,
  };
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
  expect([created.status, await created.json()]).toEqual([
    201,
    { provider: 'demo', projectPath: '/tmp', sessionId: 'new' },
  ]);
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
    path,
    parent: folder,
    isGitRepository: false,
    folders: [
      { name: 'one', path: join(path, 'one'), isGitRepository: true },
      { name: 'two', path: join(path, 'two'), isGitRepository: false },
    ],
  });
  expect(await (await fetch('/api/folders')).json()).toMatchObject({ path: folder });
});

it('makes a folder with those above it, once, and says why it cannot', async () => {
  const { fetch, folder } = await start();
  const make = (path: string) => fetch('/api/folders', { method: 'POST', body: JSON.stringify({ path }) });
  const path = join(folder, 'new', 'project');
  const made = await make(path);
  expect([made.status, await made.json()]).toEqual([
    201,
    { path, parent: join(folder, 'new'), isGitRepository: false, folders: [] },
  ]);
  expect((await make(path)).status).toBe(201);
  writeFileSync(join(path, 'file'), '');
  expect((await make(join(path, 'file'))).status).toBe(404);
  expect((await make(join(path, 'file', 'below'))).status).toBe(404);
  expect((await make('relative')).status).toBe(400);
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
  expect(page).toMatchObject({
    status: 200,
    body: '<!doctype html><p>app',
    headers: { 'cache-control': 'no-store', 'x-frame-options': 'DENY' },
  });
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`connect-src 'self' ws://127.0.0.1:${port}`);
  const asset = await ask(port, '/assets/app-1a2b.js', { 'accept-encoding': 'gzip' });
  expect(asset).toMatchObject({
    status: 200,
    headers: { 'content-encoding': 'gzip', 'cache-control': 'public, max-age=31536000, immutable' },
  });
  expect(Number(asset.headers['content-length'])).toBeLessThan(200);
  expect(await ask(port, '/assets/app-1a2b.js', { 'if-none-match': String(asset.headers.etag) })).toMatchObject({
    status: 304,
    body: '',
  });
  for (const path of ['/assets/gone.js', '/../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret', '/no/page']) {
    expect({ path, ...(await ask(port, path)) }).toMatchObject({ status: 404 });
  }
});

it('serves a file as the build compressed it, and has a page fetch all that it needs at once', async () => {
  const { port, folder } = await start();
  const assets = join(folder, 'web', 'assets');
  mkdirSync(assets, { recursive: true });
  writeFileSync(join(folder, 'web', 'index.html'), '<!doctype html><p>app');
  const needed = { '': [], s: ['assets/session-1a2b.js', 'assets/shared-1a2b.js'] };
  writeFileSync(join(folder, 'web', 'first-files.json'), JSON.stringify(needed));
  writeFileSync(join(assets, 'app-1a2b.js'), 'x'.repeat(5000));
  writeFileSync(join(assets, 'app-1a2b.js.br'), brotliCompressSync('x'.repeat(5000)));
  const encodingOf = async (accepted: string) =>
    (await ask(port, '/assets/app-1a2b.js', { 'accept-encoding': accepted })).headers['content-encoding'];
  expect(await encodingOf('gzip, deflate, br')).toBe('br');
  expect(await encodingOf('gzip, br;q=0')).toBe('gzip');
  expect(await encodingOf('identity')).toBeUndefined();
  utimesSync(join(assets, 'app-1a2b.js.br'), 0, 0);
  utimesSync(join(assets, 'app-1a2b.js'), 1, 1);
  expect(await encodingOf('br')).toBeUndefined();
  const linkOf = async (path: string) => (await ask(port, path, { accept: 'text/html' })).headers['link'];
  expect(await linkOf('/s/1')).toBe(
    '</assets/session-1a2b.js>; rel=modulepreload, </assets/shared-1a2b.js>; rel=modulepreload',
  );
  expect([await linkOf('/'), await linkOf('/elsewhere')]).toEqual([undefined, undefined]);
});

it('[HOST9] changes and removes a session, under the host’s answer', async () => {
  const { host, newSession, fetch } = await start();
  const sessionId = newSession();
  const path = `/api/providers/sessions/${sessionId}`;
  const change = { title: 'Better', resumeAfterLimit: true };
  const changed = await fetch(path, { method: 'PATCH', body: JSON.stringify({ ...change, title: ' Better ' }) });
  expect([changed.status, await changed.json()]).toEqual([200, { sessionId, ...change }]);
  expect((await fetch(path, { method: 'PATCH', body: '{"title":""}' })).status).toBe(400);
  expect((await fetch(path, { method: 'DELETE' })).status).toBe(200);
  expect(host.requests.filter((request) => !request.startsWith('GET'))).toEqual([
    `PATCH /sessions/${sessionId}`,
    `DELETE /sessions/${sessionId}`,
  ]);
  expect((await fetch('/api/providers/sessions/..%2Fx', { method: 'DELETE' })).status).toBe(400);
});
