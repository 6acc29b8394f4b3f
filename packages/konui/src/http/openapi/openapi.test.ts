import { CommandId, newId, PromptId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { DescribedApi } from '../../test-support/described-api.ts';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';
import { ROUTE_RIGHTS } from '../route-rights.ts';

const start = useTestGateways();

async function open() {
  const gateway = await start();
  const api = new DescribedApi(await (await gateway.fetch('/api/openapi.json')).json());
  /** Asks by the route's pattern, and holds the answer against what the document says of it. */
  const ask = async (
    route: string,
    { params = {}, query = '', body, headers = {} }: Asked = {},
  ): Promise<{ status: number; body: unknown }> => {
    const [method = '', path = ''] = route.split(' ');
    const url = path.replaceAll(/:(\w+)/g, (_match, name: string) => params[name] ?? 'x');
    const answer = await gateway.fetch(`${url}${query}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: answer.status, body: await api.check(route, answer) };
  };
  return { ...gateway, api, ask };
}

interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

it('[API1] describes every route that there is, and none else', async () => {
  const { api, gateway } = await open();
  expect(api.routes.toSorted()).toEqual(gateway.routes.toSorted());
  for (const route of api.routes) {
    expect({ route, rights: api.operation(route)['x-konui-rights'] }).toEqual({
      route,
      rights: ROUTE_RIGHTS[route]?.rights,
    });
  }
});

it('[API1] is an OpenAPI 3.1 document: what is referred to is there, ids are unique, parameters are those of the path', async () => {
  const { api } = await open();
  expect(api.document).toMatchObject({ openapi: '3.1.0', info: { title: 'Konui', version: '1.2.3' } });
  const missing = api.references.filter((reference) => {
    const [, name = ''] = /^#\/components\/schemas\/(\w+)$/.exec(reference) ?? [];
    return !api.schemaNames.includes(name);
  });
  expect(missing).toEqual([]);
  const operations = api.routes.map((route) => api.operation(route));
  const ids = operations.map(({ operationId }) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const route of api.routes) {
    const { parameters, responses, summary } = api.operation(route) as {
      parameters: { name: string; in: string; required: boolean }[];
      responses: Record<string, { description: string }>;
      summary: string;
    };
    const inPath = parameters.filter((parameter) => parameter.in === 'path' && parameter.required);
    expect(inPath.map(({ name }) => `:${name}`)).toEqual(route.match(/:\w+/g) ?? []);
    expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true);
    expect(Object.values(responses).every(({ description }) => description !== '')).toBe(true);
    expect(summary).not.toBe('');
  }
});

it('[API1] the answers of the kontask routes are what it says, failures included', async () => {
  const { ask, newSession, host } = await open();
  const sessionId = newSession();
  host.projects.set(sessionId, '/src/app');
  const params = { id: 'k', index: '0', type: 'general' };
  const choices = [{ label: 'Go on', value: 'go on', primary: true }];
  const kontask = { id: 'k', title: 'Build 17', tags: ['ci'], sessionId, context: { output: '<p>ok</p>', choices } };
  expect((await ask('POST /api/kontasks', { body: kontask })).status).toBe(201);
  expect((await ask('POST /api/kontasks', { body: kontask })).status).toBe(200);
  expect((await ask('POST /api/kontasks', { body: { ...kontask, title: 'b' } })).status).toBe(409);
  expect((await ask('POST /api/kontasks', { body: { title: '' } })).status).toBe(400);
  expect((await ask('GET /api/kontasks', { query: '?tag=ci&limit=1' })).status).toBe(200);
  expect((await ask('GET /api/kontasks', { query: '?limit=0' })).status).toBe(400);
  expect((await ask('GET /api/kontasks/facets')).status).toBe(200);
  expect((await ask('GET /api/kontasks/:id', { params })).status).toBe(200);
  expect((await ask('GET /api/kontasks/:id')).status).toBe(404);
  const title = { title: 'Build 18' };
  expect((await ask('PATCH /api/kontasks/:id', { params, body: title, headers: { 'if-match': '"1"' } })).status).toBe(
    200,
  );
  expect((await ask('PATCH /api/kontasks/:id', { params, body: title, headers: { 'if-match': '"1"' } })).status).toBe(
    412,
  );
  const choice = { promptId: newId(PromptId) };
  expect((await ask('POST /api/kontasks/:id/choices/:index', { params, body: choice })).status).toBe(202);
  expect((await ask('POST /api/kontasks/:id/choices/:index', { params: { id: 'k' }, body: choice })).status).toBe(404);
  const claim = { claimId: newId(CommandId), by: 'codex' };
  expect((await ask('POST /api/kontasks/:id/claim', { params, body: claim })).status).toBe(409);
  const request = { id: 'r', title: 'Look', targetUser: 'codex' };
  await ask('POST /api/kontasks', { body: request });
  expect((await ask('POST /api/kontasks/:id/claim', { params: { id: 'r' }, body: claim })).status).toBe(200);
  expect((await ask('POST /api/kontasks/:id/read', { params })).status).toBe(204);
  expect((await ask('GET /api/kontasks/:id/report', { params })).status).toBe(200);
  expect((await ask('GET /api/kontasks/:id/commit', { params })).status).toBe(404);
  const { kontask: whole } = (await ask('GET /api/kontasks/:id', { params })).body as { kontask: object };
  expect((await ask('POST /api/kontasks/import', { body: { ...whole, id: 'imported' } })).status).toBe(201);
  expect((await ask('GET /api/kontasks/layouts')).status).toBe(200);
  const layout = { fields: [{ label: 'Request', path: 'context.request' }] };
  expect((await ask('PUT /api/kontasks/layouts/:type', { params, body: layout })).status).toBe(200);
  expect((await ask('GET /api/kontasks/layouts/:type', { params })).status).toBe(200);
  expect((await ask('DELETE /api/kontasks/layouts/:type', { params })).status).toBe(204);
  const stale = { 'if-match': '"1"' };
  expect((await ask('DELETE /api/kontasks/:id', { params, headers: stale })).status).toBe(412);
  expect((await ask('DELETE /api/kontasks/:id', { params })).status).toBe(204);
  expect((await ask('POST /api/console/inject', { body: { sessionId, text: 'hello', origin: 'ci' } })).status).toBe(
    202,
  );
  expect((await ask('POST /api/console/inject', { body: { text: '' } })).status).toBe(400);
});

it('[API1] so are the answers of the gateway’s own routes', async () => {
  const { ask } = await open();
  for (const route of [
    '/api/me',
    '/api/console/ws/info',
    '/api/access-tokens',
    '/api/folders',
    '/api/read-marks',
    '/api/push/key',
  ]) {
    expect({ route, status: (await ask(`GET ${route}`)).status }).toEqual({ route, status: 200 });
  }
  expect((await ask('POST /api/tickets')).status).toBe(201);
  expect((await ask('POST /api/push/test')).status).toBe(200);
  const made = await ask('POST /api/access-tokens', {
    body: { name: 'script', rights: ['inject'], needsReview: true },
  });
  const { id } = made.body as { id: string };
  expect((await ask('GET /api/access-tokens')).status).toBe(200);
  expect((await ask('DELETE /api/access-tokens/:id', { params: { id } })).status).toBe(204);
  expect((await ask('DELETE /api/access-tokens/:id', { params: { id } })).status).toBe(404);
  const params = { name: 'appearance' };
  expect((await ask('PUT /api/settings/:name', { params, body: { value: { theme: ['dark', 1] } } })).status).toBe(204);
  expect((await ask('GET /api/settings/:name', { params })).body).toEqual({ value: { theme: ['dark', 1] } });
  expect((await ask('GET /api/settings/:name', { params: { name: 'none' } })).status).toBe(404);
  expect((await ask('POST /api/approvals', { body: { token: 'wrong' } })).status).toBe(401);
});
