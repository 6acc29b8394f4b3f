import { randomUUID } from 'node:crypto';
import { openChatSocket, type RunningKonui, startKonui } from '@konui/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DescribedApi } from '../../test-support/described-api.ts';

let konui: RunningKonui;
let api: DescribedApi;

const fetchPath = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${konui.url}${path}`, { ...init, headers: { authorization: `Bearer ${konui.token}` } });

beforeAll(async () => {
  konui = await startKonui();
  api = new DescribedApi(await (await fetchPath('/api/openapi.json')).json());
});
afterAll(() => konui.close());

/** Asks, and holds the answer against what the document says of the route. */
async function ask(
  route: string,
  { params = {}, query = '', body }: { params?: Record<string, string>; query?: string; body?: BodyInit } = {},
): Promise<{ status: number; body: unknown }> {
  const [method = '', path = ''] = route.split(' ');
  const url = path.replaceAll(/:(\w+)/g, (_match, name: string) => params[name] ?? '');
  const answer = await fetchPath(`${url}${query}`, { method, ...(body === undefined ? {} : { body }) });
  return { status: answer.status, body: await api.check(route, answer) };
}

it('[API1] what the agent host answers is what the document says, failures included', async () => {
  const SESSION = '/api/providers/sessions/:id';
  const sessionId = randomUUID();
  const wanted = JSON.stringify({ sessionId, provider: 'demo', projectPath: konui.project });
  expect((await ask('POST /api/providers/sessions', { body: wanted })).status).toBe(201);
  expect((await ask('POST /api/providers/sessions', { body: wanted })).status).toBe(200);
  const unknown = JSON.stringify({ provider: 'none', projectPath: konui.project });
  expect((await ask('POST /api/providers/sessions', { body: unknown })).status).toBe(400);

  const socket = await openChatSocket(konui.url, konui.token);
  socket.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });
  socket.send({ type: 'chat.send', sessionId, content: '/stream 3' });
  await socket.until(({ kind }) => kind === 'complete');
  socket.close();

  for (const path of ['/api/providers', '/api/providers/sessions', '/api/providers/sessions/running']) {
    expect((await ask(`GET ${path}`)).status).toBe(200);
  }
  const params = { id: sessionId, provider: 'demo' };
  for (const path of ['', '/events', '/history']) {
    expect((await ask(`GET ${SESSION}${path}`, { params })).status).toBe(200);
    expect((await ask(`GET ${SESSION}${path}`, { params: { id: randomUUID() } })).status).toBe(404);
  }
  expect((await ask('GET /api/search', { query: '?q=word1' })).status).toBe(200);
  const stored = await ask(`POST ${SESSION}/attachments`, { params, body: new Blob(['hello']) });
  expect(stored.status).toBe(201);
  expect((await ask(`GET ${SESSION}/attachments/:sha256`, { params: { ...params, sha256: 'x' } })).status).toBe(400);
  expect((await ask('GET /api/providers/:provider/settings', { params })).status).toBe(200);
  const defaults = JSON.stringify({ defaults: {} });
  expect((await ask('PATCH /api/providers/:provider/settings', { params, body: defaults })).status).toBe(200);
  expect((await ask(`PATCH ${SESSION}`, { params, body: JSON.stringify({ title: 'Mine' }) })).status).toBe(200);
  expect((await ask(`DELETE ${SESSION}`, { params })).status).toBe(200);
});
