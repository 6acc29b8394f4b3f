import { setTimeout as delay } from 'node:timers/promises';
import { newId, PromptId, RequestId, RunId, SessionId } from '@konui/protocol';
import { sampleSession } from '@konui/testing';
import { expect, it } from 'vitest';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const start = useTestGateways();

it('[GW2] says hello first', async () => {
  const { connect } = await start();
  const client = await connect();
  expect(client.frames[0]?.json).toMatchObject({
    kind: 'server_hello',
    protocolVersion: 1,
    serverVersion: '1.2.3',
    buildId: 'none',
  });
});

it.each([
  ['invalid JSON', '{"type":', 'INVALID_JSON'],
  ['nothing', '', 'INVALID_JSON'],
  ['an array', '[]', 'INVALID_MESSAGE'],
  ['null', 'null', 'INVALID_MESSAGE'],
  ['a number', '7', 'INVALID_MESSAGE'],
  ['a string', '"chat.send"', 'INVALID_MESSAGE'],
  ['no type', '{}', 'INVALID_MESSAGE'],
  ['a type that is no string', '{"type":7}', 'INVALID_MESSAGE'],
  ['an unknown type', '{"type":"claude.send"}', 'UNKNOWN_MESSAGE_TYPE'],
  ['a type from the prototype', '{"type":"__proto__"}', 'UNKNOWN_MESSAGE_TYPE'],
  ['bad fields', '{"type":"chat.send","sessionId":"../../etc","content":"x"}', 'INVALID_MESSAGE'],
  ['empty content', `{"type":"chat.send","sessionId":"${newId(SessionId)}","content":""}`, 'INVALID_MESSAGE'],
  [
    'a negative cursor',
    `{"type":"chat.subscribe","sessions":[{"sessionId":"${newId(SessionId)}","lastSeq":-1}]}`,
    'INVALID_MESSAGE',
  ],
  ['deep JSON', `{"type":"chat.send","options":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'INVALID_MESSAGE'],
  ['a binary frame', Buffer.from('{"type":"ping"}'), 'INVALID_MESSAGE'],
  [
    'an answer without a choice',
    `{"type":"chat.permission-response","sessionId":"${newId(SessionId)}","requestId":"${newId(RequestId)}"}`,
    'INVALID_MESSAGE',
  ],
])('[GW4] answers %s with one protocol_error, and the socket stays open', async (_name, message, code) => {
  const { connect } = await start();
  const client = await connect();
  client.send(message);
  client.send({ type: 'ping' });
  await client.frame('pong');
  const errors = client.frames.filter(({ json }) => json['kind'] === 'protocol_error').map(({ json }) => json);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code, retryable: false });
  expect(client.closed).toBeUndefined();
});

it('[GW8] keeps the socket open when a run fails', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const client = await connect();
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
  host.append(sessionId, [
    { kind: 'error', code: 'AGENT_EXITED', message: 'gone' },
    {
      kind: 'complete',
      runId: newId(RunId),
      actualSessionId: sessionId,
      stopReason: 'agent_exited',
      exitCode: 1,
      success: false,
      aborted: false,
    },
  ]);
  await client.eventsUpTo(sessionId, 3);
  client.send({ type: 'ping' });
  await client.frame('pong');
});

it('[GW9] answers ping with pong', async () => {
  const client = await (await start()).connect();
  client.send({ type: 'ping' });
  expect(await client.frame('pong')).toEqual({ kind: 'pong' });
});

it('[GW9] closes a socket that is silent for too long with 4408, and keeps one that only answers pings', async () => {
  const { connect } = await start({ heartbeat: { intervalMs: 100, staleMs: 400 } });
  // As a client whose event loop hangs: its socket is open and answers nothing.
  const [silent, quiet] = [await connect(undefined, { autoPong: false }), await connect()];
  let pings = 0;
  quiet.socket.on('ping', () => (pings += 1));
  expect((await silent.untilClosed()).code).toBe(4408);
  expect(pings).toBeGreaterThan(0);
  expect(quiet.closed).toBeUndefined();
});

it('[GW10] closes the sockets of a revoked token with 4401 after a notice, and no others', async () => {
  const { gateway, fetch, connect } = await start();
  const created = gateway.tokens.create('phone');
  const [mine, phone] = [await connect(), await connect(`token=${created.token}`)];
  expect((await fetch(`/api/access-tokens/${created.id}`, { method: 'DELETE' })).status).toBe(204);
  await phone.frame('server_notice', (frame) => frame['notice'] === 'sign_in_expired');
  expect((await phone.untilClosed()).code).toBe(4401);
  expect(mine.closed).toBeUndefined();
  expect((await fetch('/api/me', { headers: { authorization: `Bearer ${created.token}` } })).status).toBe(401);
});

it('[GW10] says going_away and closes with 1012 when it leaves', async () => {
  const { gateway, connect } = await start();
  const client = await connect();
  await gateway.close();
  await client.frame('server_notice', (frame) => frame['notice'] === 'going_away');
  expect((await client.untilClosed()).code).toBe(1012);
});

it('[GW12] sends session_upserted, session_removed and loading_progress to every client', async () => {
  const { host, newSession, connect } = await start();
  const clients = [await connect(), await connect()];
  const sessionId = newSession();
  const session = sampleSession({ sessionId: SessionId.parse(sessionId) });
  host.feed({ type: 'session_upserted', session });
  host.feed({ type: 'session_removed', sessionId });
  host.feed({ type: 'of_a_newer_host' });
  host.feed({ type: 'agent_install', provider: 'codex', state: 'ready', message: 'installed' });
  for (const client of clients) {
    expect(await client.frame('session_upserted')).toEqual({ kind: 'session_upserted', session });
    expect(await client.frame('session_removed')).toMatchObject({ sessionId });
    expect(await client.frame('loading_progress')).toMatchObject({ provider: 'codex', done: true });
  }
});

it('[GW13] acknowledges commands, and forwards them under the id and identity of their sender (ACC5, C11)', async () => {
  const { host, newSession, connect, token } = await start();
  const sessionId = newSession();
  const client = await connect(`token=${token}&device=my%20phone`);
  const [clientMessageId, runId, requestId] = [newId(PromptId), newId(RunId), newId(RequestId)];
  client.send({ type: 'chat.send', sessionId, clientMessageId, content: 'hello' });
  expect(await client.frame('chat_accepted')).toEqual({ kind: 'chat_accepted', sessionId, commandId: clientMessageId });
  client.send({ type: 'chat.abort', sessionId, runId });
  client.send({ type: 'chat.permission-response', sessionId, requestId, allow: true });
  client.send({
    type: 'chat.elicitation-response',
    sessionId,
    requestId,
    action: 'accept',
    content: { colour: 'red' },
  });
  const change = { action: 'move', promptId: clientMessageId, queueVersion: 4, before: null };
  client.send({ type: 'chat.queue', sessionId, change });
  await client.until(() => client.frames.filter(({ json }) => json['kind'] === 'chat_accepted').length === 5, 'five');
  const by = { type: 'person', tokenId: expect.any(String), device: 'my phone' };
  const commandId = expect.any(String);
  expect(host.commands).toEqual(
    expect.arrayContaining([
      {
        name: 'prompt',
        sessionId,
        body: { commandId: clientMessageId, by, content: [{ type: 'text', text: 'hello' }] },
      },
      { name: 'stop', sessionId, body: { commandId, by, runId } },
      { name: 'permission', sessionId, body: { commandId, by, requestId, allow: true } },
      {
        name: 'elicitation',
        sessionId,
        body: { commandId, by, requestId, action: 'accept', content: { colour: 'red' } },
      },
      { name: 'queue', sessionId, body: { commandId, by, change } },
    ]),
  );
});

it("[GW13] answers a refused command with the host's code, quoting it", async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  host.refuseWith = { code: 'STORAGE_FULL', status: 507 };
  const client = await connect();
  const clientMessageId = newId(PromptId);
  client.send({ type: 'chat.send', sessionId, clientMessageId, content: 'x' });
  expect(await client.frame('protocol_error')).toMatchObject({
    code: 'STORAGE_FULL',
    retryable: true,
    sessionId,
    commandId: clientMessageId,
  });
});

it('forwards the prompts of one socket to one session in order, and a stop past them', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const client = await connect();
  let release = (): void => undefined;
  host.gate = new Promise((resolve) => (release = resolve));
  const texts = Array.from({ length: 20 }, (_, index) => `prompt ${index}`);
  for (const content of texts) client.send({ type: 'chat.send', sessionId, content });
  client.send({ type: 'chat.abort', sessionId });
  // Two connections to the host: which of the two it reads first is not said.
  while (new Set(host.commands.map(({ name }) => name)).size < 2) await delay(1);
  expect(host.commands.filter(({ name }) => name === 'prompt')).toHaveLength(1);
  release();
  await client.until(() => client.frames.filter(({ json }) => json['kind'] === 'chat_accepted').length === 21, 'all');
  expect(host.commands.filter(({ name }) => name === 'prompt').map(({ body }) => body['content'])).toEqual(
    texts.map((text) => [{ type: 'text', text }]),
  );
});

it('goes on reading a client that sends far more than it waits for', async () => {
  const client = await (await start()).connect();
  for (let count = 0; count < 5000; count += 1) client.send({ type: 'ping' });
  const pongs = () => client.frames.filter(({ json }) => json['kind'] === 'pong').length;
  await client.until(() => client.frames.length > 5000 && pongs() === 5000, 'all pongs');
});
