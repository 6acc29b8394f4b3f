import { setTimeout as delay } from 'node:timers/promises';
import { GatewayFrame, newId, PromptId, RequestId, RunId, SessionId } from '@konui/protocol';
import { afterEach, expect, it } from 'vitest';
import { startTestGateway, type TestGateway, type TestGatewayOptions } from '../../test-support/start-test-gateway.ts';
import type { WsClient } from '../../test-support/ws-client.ts';

const open: TestGateway[] = [];
const start = async (options?: TestGatewayOptions): Promise<TestGateway> => {
  const gateway = await startTestGateway(options);
  open.push(gateway);
  return gateway;
};
afterEach(async () => {
  for (const gateway of open.splice(0)) await gateway.close();
});

const chunk = (text: string) => ({ kind: 'agent_message_chunk', content: { type: 'text', text } });
const chunks = (count: number, size = 20) => Array.from({ length: count }, (_, index) => chunk(`${index} ${'é'.repeat(size)}`));
const subscribe = (client: WsClient, sessionId: SessionId, lastSeq = 0, epoch?: string) =>
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq, epoch }] });

it('[GW1] sends frames of its own that fit the protocol, and events byte for byte as they stand in the log', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  host.append(sessionId, [{ kind: 'new_kind', text: 'ü\u2028 "quoted"', nested: { a: [1, 2.5, null] } }]);
  const client = await connect();
  subscribe(client, sessionId);
  expect(await client.eventsUpTo(sessionId, 2)).toEqual(host.lines(sessionId));
  for (const { json } of client.frames) if (!('seq' in json) || !('at' in json)) expect(GatewayFrame.safeParse(json).error).toBeUndefined();
});

it('[GW2] says hello first', async () => {
  const { connect } = await start();
  const client = await connect();
  expect(client.frames[0]?.json).toMatchObject({ kind: 'server_hello', protocolVersion: 1, serverVersion: '1.2.3', buildId: 'none' });
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
  ['a negative cursor', `{"type":"chat.subscribe","sessions":[{"sessionId":"${newId(SessionId)}","lastSeq":-1}]}`, 'INVALID_MESSAGE'],
  ['deep JSON', `{"type":"chat.send","options":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'INVALID_MESSAGE'],
  ['a binary frame', Buffer.from('{"type":"ping"}'), 'INVALID_MESSAGE'],
  ['an answer without a choice', `{"type":"chat.permission-response","sessionId":"${newId(SessionId)}","requestId":"${newId(RequestId)}"}`, 'INVALID_MESSAGE'],
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

it('[GW4] closes with 1009 on a frame over the limit', async () => {
  const { connect } = await start();
  const client = await connect();
  client.send(`{"type":"ping","padding":"${'x'.repeat(33 * 1024 * 1024)}"}`);
  expect((await client.untilClosed()).code).toBe(1009);
});

it('[GW5] answers a subscription with chat_subscribed, the missing events, chat_caught_up, and what follows', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  host.append(sessionId, chunks(9));
  const client = await connect();
  subscribe(client, sessionId, 4, 'epoch-1');
  await client.frame('chat_caught_up');
  host.append(sessionId, [chunk('live')]);
  expect(await client.eventsUpTo(sessionId, 7)).toEqual(host.lines(sessionId).slice(4));
  const kinds = client.frames.slice(1).map(({ json }) => json['kind']);
  expect(kinds.filter((kind) => kind !== 'agent_message_chunk' && kind !== 'server_notice')).toEqual(['chat_subscribed', 'chat_caught_up']);
  expect(kinds.indexOf('chat_caught_up')).toBe(kinds.length - 2);
  expect(await client.frame('chat_subscribed')).toMatchObject({ cursor: 'ok', epoch: 'epoch-1', lastSeq: 10, isProcessing: false, pendingPermissions: [] });
  expect(await client.frame('chat_caught_up')).toMatchObject({ sessionId, seq: 10 });
});

it('[GW5] tells of the open run and the open permissions (C5)', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const [runId, requestId] = [newId(RunId), newId(RequestId)];
  host.append(sessionId, [
    { kind: 'run_started', runId, promptId: newId(PromptId) },
    { kind: 'permission_request', runId, requestId, toolCall: { toolCallId: 't' }, options: [] },
  ]);
  const client = await connect();
  subscribe(client, sessionId, 3);
  expect(await client.frame('chat_subscribed')).toMatchObject({ isProcessing: true, pendingPermissions: [{ requestId }] });
});

it.each([
  ['ahead', 50, 'epoch-1'],
  ['ahead', 50, undefined],
  ['epoch_gone', 3, 'epoch-0'],
])('[GW5] begins at 1 when the verdict is %s', async (verdict, lastSeq, epoch) => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  host.append(sessionId, chunks(5));
  const client = await connect();
  subscribe(client, sessionId, lastSeq, epoch);
  expect(await client.eventsUpTo(sessionId, 6)).toEqual(host.lines(sessionId));
  expect(await client.frame('chat_subscribed')).toMatchObject({ cursor: verdict });
});

it('[GW5] accepts a cursor of an older epoch that lies before the next one', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  host.append(sessionId, [...chunks(4), { kind: 'log_opened', epoch: 'epoch-2', bootId: 'b2', fromSeq: 6, format: 1 }, ...chunks(2)]);
  const client = await connect();
  subscribe(client, sessionId, 5, 'epoch-1');
  expect(await client.eventsUpTo(sessionId, 3)).toEqual(host.lines(sessionId).slice(5));
  expect(await client.frame('chat_subscribed')).toMatchObject({ cursor: 'ok', epoch: 'epoch-2' });
});

it('[GW5] replaces the cursor when a client subscribes again, and sends nothing after it unsubscribed', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const other = newSession();
  host.append(sessionId, chunks(3));
  const client = await connect();
  subscribe(client, sessionId, 4);
  await client.frame('chat_caught_up');
  subscribe(client, sessionId, 0);
  expect(await client.eventsUpTo(sessionId, 4)).toEqual(host.lines(sessionId));
  client.send({ type: 'chat.unsubscribe', sessions: [{ sessionId }] });
  subscribe(client, other);
  await client.eventsUpTo(other, 1);
  host.append(sessionId, [chunk('unseen')]);
  host.append(other, [chunk('seen')]);
  await client.eventsUpTo(other, 2);
  expect(client.events(sessionId)).toHaveLength(4);
});

it('[GW5] answers each session that cannot be subscribed to with its own error', async () => {
  const { newSession, connect } = await start();
  const [known, unknown] = [newSession(), newId(SessionId)];
  const client = await connect();
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId: unknown }, { sessionId: known }] });
  await client.frame('chat_caught_up', (frame) => frame['sessionId'] === known);
  expect(await client.frame('protocol_error')).toMatchObject({ code: 'SESSION_NOT_FOUND', sessionId: unknown });
});

it('[GW6] gives every subscriber everything: two sockets, and a third from 0, byte for byte', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const [one, two, three] = [await connect(), await connect(), await connect()];
  subscribe(one, sessionId);
  subscribe(two, sessionId);
  await Promise.all([one.frame('chat_caught_up'), two.frame('chat_caught_up')]);
  for (let burst = 0; burst < 40; burst += 1) {
    host.append(sessionId, chunks(25, burst * 97));
    if (burst === 20) subscribe(three, sessionId);
    await delay(0);
  }
  host.append(sessionId, [{ kind: 'complete', runId: newId(RunId), actualSessionId: sessionId, stopReason: 'end_turn', exitCode: 0, success: true, aborted: false }]);
  const total = host.lines(sessionId).length;
  for (const client of [one, two, three]) expect(await client.eventsUpTo(sessionId, total)).toEqual(host.lines(sessionId));
  expect(host.requests.filter((request) => request.endsWith('/stream'))).toHaveLength(1);
  subscribe(three, sessionId, 0);
  expect(await three.eventsUpTo(sessionId, 2 * total)).toEqual([...host.lines(sessionId), ...host.lines(sessionId)]);
});

it('[GW6] goes on without a hole or a double when the host dies and comes back', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const client = await connect();
  subscribe(client, sessionId);
  await client.frame('chat_caught_up');
  host.append(sessionId, chunks(3));
  await client.eventsUpTo(sessionId, 4);
  await host.die();
  await client.frame('server_notice', (frame) => frame['notice'] === 'host_unreachable');
  host.append(sessionId, chunks(5));
  client.send({ type: 'chat.abort', sessionId });
  expect(await client.frame('protocol_error')).toMatchObject({ code: 'HOST_UNREACHABLE', retryable: true, sessionId });
  await host.start();
  await client.frame('server_notice', (frame) => frame['notice'] === 'host_back');
  host.append(sessionId, chunks(2));
  expect(await client.eventsUpTo(sessionId, 11)).toEqual(host.lines(sessionId));
});

it('[GW5] sends a new chat_subscribed and the events from 1 when the log became another one meanwhile', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const client = await connect();
  subscribe(client, sessionId);
  host.append(sessionId, chunks(5));
  await client.eventsUpTo(sessionId, 6);
  await host.die();
  host.replaceLog(sessionId, 'epoch-2', [chunk('other')]);
  await host.start();
  expect(await client.frame('chat_subscribed', (frame) => frame['cursor'] === 'epoch_gone')).toMatchObject({ epoch: 'epoch-2', lastSeq: 2 });
  expect((await client.eventsUpTo(sessionId, 8)).slice(6)).toEqual(host.lines(sessionId));
  host.append(sessionId, [chunk('more')]);
  expect((await client.eventsUpTo(sessionId, 9)).slice(6)).toEqual(host.lines(sessionId));
});

it('[GW7] does not buffer for a socket that reads slowly, and catches it up when it reads again', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const [slow, quick] = [await connect(), await connect()];
  subscribe(slow, sessionId);
  subscribe(quick, sessionId);
  await Promise.all([slow.frame('chat_caught_up'), quick.frame('chat_caught_up')]);
  slow.socket.pause();
  for (let burst = 0; burst < 20; burst += 1) {
    host.append(sessionId, chunks(100, 5000));
    await quick.eventsUpTo(sessionId, 1 + (burst + 1) * 100);
  }
  expect(slow.events(sessionId).length).toBeLessThan(2001);
  slow.socket.resume();
  expect(await slow.eventsUpTo(sessionId, 2001)).toEqual(host.lines(sessionId));
  host.append(sessionId, [chunk('live again')]);
  expect((await slow.eventsUpTo(sessionId, 2002)).at(-1)).toBe(host.lines(sessionId).at(-1));
});

it('[GW8] keeps the socket open when a run fails', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const client = await connect();
  subscribe(client, sessionId);
  host.append(sessionId, [
    { kind: 'error', code: 'AGENT_EXITED', message: 'gone' },
    { kind: 'complete', runId: newId(RunId), actualSessionId: sessionId, stopReason: 'agent_exited', exitCode: 1, success: false, aborted: false },
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
  const session = {
    ...{ sessionId, provider: 'demo', projectPath: '/p', title: null, createdAt: '', updatedAt: '', archived: false },
    ...{ status: 'idle', runId: null, runStartedAt: null, pendingPermissions: 0, queuedPrompts: 0, lastSeq: 0, epoch: null },
    ...{ lastRun: null, trouble: null },
  };
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
  await client.until(() => client.frames.filter(({ json }) => json['kind'] === 'chat_accepted').length === 3, 'three');
  const by = { type: 'person', tokenId: expect.any(String), device: 'my phone' };
  const commandId = expect.any(String);
  expect(host.commands).toEqual(
    expect.arrayContaining([
      { name: 'prompt', sessionId, body: { commandId: clientMessageId, by, content: [{ type: 'text', text: 'hello' }] } },
      { name: 'stop', sessionId, body: { commandId, by, runId } },
      { name: 'permission', sessionId, body: { commandId, by, requestId, allow: true } },
    ]),
  );
});

it('[GW13] answers a refused command with the host\'s code, quoting it', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  host.refuseWith = { code: 'STORAGE_FULL', status: 507 };
  const client = await connect();
  const clientMessageId = newId(PromptId);
  client.send({ type: 'chat.send', sessionId, clientMessageId, content: 'x' });
  expect(await client.frame('protocol_error')).toMatchObject({ code: 'STORAGE_FULL', retryable: true, sessionId, commandId: clientMessageId });
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
  while (!host.commands.some(({ name }) => name === 'stop')) await delay(1);
  expect(host.commands.filter(({ name }) => name === 'prompt')).toHaveLength(1);
  release();
  await client.until(() => client.frames.filter(({ json }) => json['kind'] === 'chat_accepted').length === 21, 'all');
  expect(host.commands.filter(({ name }) => name === 'prompt').map(({ body }) => body['content'])).toEqual(texts.map((text) => [{ type: 'text', text }]));
});

it('closes the stream of a session some time after its last reader left', async () => {
  const { host, newSession, connect } = await start({ lingerMs: 20 });
  const sessionId = newSession();
  const client = await connect();
  subscribe(client, sessionId);
  await client.frame('chat_caught_up');
  const untilOpen = async (count: number): Promise<void> => {
    while (host.openStreams !== count) await delay(1);
  };
  await untilOpen(1);
  client.close();
  await untilOpen(0);
});
