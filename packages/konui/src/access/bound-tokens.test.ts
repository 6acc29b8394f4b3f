import { newId, RequestId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

/** A gateway with a session in each of two projects, and a token that is bound to the first project. */
async function startBound() {
  const gateway = await start();
  const [own, foreign] = [gateway.newSession(), gateway.newSession()];
  gateway.host.projects.set(own, '/own').set(foreign, '/foreign');
  const post = (token: string, body: object) =>
    gateway.fetch('/api/access-tokens', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
  const create = async (body: object, by = gateway.token): Promise<{ id: string; token: string }> =>
    (await post(by, { name: 'bound', ...body })).json();
  const get = async (token: string, path: string) => {
    const answer = await gateway.fetch(path, { headers: { authorization: `Bearer ${token}` } });
    return { status: answer.status, body: await answer.json() };
  };
  return { ...gateway, own, foreign, post, create, get };
}

it.each(['session', 'project'])('[ACC8] a token that is bound to a %s sees and touches nothing else', async (what) => {
  const { own, foreign, create, get, fetch, connect, host } = await startBound();
  const { token } = await create(what === 'session' ? { sessionIds: [own] } : { projectPaths: ['/own'] });
  const headers = { authorization: `Bearer ${token}` };
  for (const path of ['/api/providers/sessions', '/api/providers/sessions/running'])
    expect((await get(token, path)).body.sessions).toMatchObject([{ sessionId: own }]);
  expect((await get(token, `/api/providers/sessions/${own}/events`)).status).toBe(200);
  for (const other of [foreign, newId(SessionId)])
    expect((await get(token, `/api/providers/sessions/${other}/events`)).status).toBe(403);
  expect((await get(token, '/api/folders')).status).toBe(403);
  for (const sessionId of [own, foreign])
    await fetch(`/api/read-marks/${sessionId}`, { method: 'PUT', body: '{"seq":1}' });
  expect((await get(token, '/api/read-marks')).body).toEqual({ readMarks: { [own]: 1 } });
  const created = (projectPath: string) =>
    fetch('/api/providers/sessions', {
      method: 'POST',
      headers,
      body: JSON.stringify({ provider: 'demo', projectPath }),
    });
  expect((await created('/foreign')).status).toBe(403);
  expect((await created('/own')).status).toBe(what === 'project' ? 201 : 403);

  const client = await connect(`token=${token}`);
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId: own }, { sessionId: foreign }] });
  expect(await client.frame('chat_subscribed')).toMatchObject({ sessionId: own });
  expect(await client.frame('protocol_error')).toMatchObject({ code: 'FORBIDDEN', sessionId: foreign });
  const requestId = newId(RequestId);
  for (const sessionId of [foreign, own])
    client.send({ type: 'chat.permission-response', sessionId, requestId, allow: true });
  expect(await client.frame('chat_accepted')).toMatchObject({ sessionId: own });
  expect(host.commands.map(({ sessionId }) => sessionId)).toEqual([own]);
});

it('[ACC8] a bound token hears of its own sessions alone, also that one is removed', async () => {
  const { own, foreign, create, connect, host, get } = await startBound();
  const { token } = await create({ projectPaths: ['/own'] });
  const client = await connect(`token=${token}`);
  const [row] = (await get(token, '/api/providers/sessions')).body.sessions;
  for (const session of [{ ...row, sessionId: foreign, projectPath: '/foreign' }, row])
    host.feed({ type: 'session_upserted', session });
  for (const sessionId of [foreign, own]) host.feed({ type: 'session_removed', sessionId });
  expect(await client.frame('session_removed')).toMatchObject({ sessionId: own });
  expect(client.frames.some(({ text }) => text.includes(foreign))).toBe(false);
});

it('[ACC8] the console socket of a bound token is for its own sessions', async () => {
  const { own, foreign, create, connectConsole } = await startBound();
  const { token } = await create({ sessionIds: [own] });
  expect(await (await connectConsole('', { as: token })).message('session')).toMatchObject({ sessionId: own });
  const other = await connectConsole(`session=${foreign}`, { as: token });
  expect(await other.message('error')).toMatchObject({ code: 'FORBIDDEN' });
});

it('[ACC9] a token makes, sees and revokes none that may do more than itself', async () => {
  const { own, foreign, create, post, get, fetch, token: first } = await startBound();
  const { id, token } = await create({ rights: ['read', 'manage'], projectPaths: ['/own'] });
  const child = await create({ rights: ['read'], sessionIds: [own] }, token);
  const same = await create({}, token);
  for (const more of [{ rights: ['prompt'] }, { projectPaths: ['/foreign'] }, { sessionIds: [foreign] }])
    expect((await post(token, { name: 'more', ...more })).status).toBe(403);
  const listed = (await get(token, '/api/access-tokens')).body.accessTokens;
  expect(listed).toMatchObject([
    { id, isOwn: true, isFull: false, rights: ['read', 'manage'], projectPaths: ['/own'] },
    { id: child.id, isOwn: false, rights: ['read'], sessionIds: [own] },
    { id: same.id, rights: ['read', 'manage'] },
  ]);
  expect((await get(same.token, '/api/me')).body).toMatchObject({ rights: ['read', 'manage'], projectPaths: ['/own'] });
  const all = (await get(first, '/api/access-tokens')).body.accessTokens;
  const revoke = (tokenId: string) =>
    fetch(`/api/access-tokens/${tokenId}`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } });
  expect((await revoke(all[0].id)).status).toBe(403);
  expect((await revoke(child.id)).status).toBe(204);
  expect((await get(child.token, '/api/me')).status).toBe(401);
});

it('[ACC9] the last full token is revoked only by force', async () => {
  const { create, get, fetch, token } = await startBound();
  const { body } = await get(token, '/api/me');
  const revoke = (query = '') => fetch(`/api/access-tokens/${body.tokenId}${query}`, { method: 'DELETE' });
  await create({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() });
  await create({ rights: ['manage'] });
  const refused = await revoke();
  expect([refused.status, (await refused.json()).error.code]).toEqual([409, 'LAST_FULL_TOKEN']);
  expect((await revoke('?force=true')).status).toBe(204);
  expect((await revoke()).status).toBe(401);
});

it('[ACC10] a token that expires ends as a revoked one: its sockets close, and it opens nothing more', async () => {
  const { create, get, connect, post } = await startBound();
  const { token } = await create({ expiresAt: new Date(Date.now() + 400).toISOString() });
  const client = await connect(`token=${token}`);
  expect((await post(token, { name: 'longer', expiresAt: '2999-01-01T00:00:00Z' })).status).toBe(403);
  expect(await client.frame('server_notice')).toMatchObject({ notice: 'sign_in_expired' });
  expect((await client.untilClosed()).code).toBe(4401);
  expect((await get(token, '/api/me')).status).toBe(401);
  expect((await post(token, { name: 'x' })).status).toBe(401);
});

it('[ACC10] an expiry in the past is refused', async () => {
  const { post, token } = await startBound();
  expect((await post(token, { name: 'late', expiresAt: '2020-01-01T00:00:00Z' })).status).toBe(400);
});
