import { setTimeout as delay } from 'node:timers/promises';
import { newId, PromptId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { ask } from '../../../test-support/ask.ts';
import { useTestGateways } from '../../../test-support/start-test-gateway.ts';

const start = useTestGateways();

const chunk = (text: string) => ({ kind: 'agent_message_chunk', content: { type: 'text', text } });

it('[FB1] opens with server_hello, and sends every frame as one event that a proxy does not hold back', async () => {
  const { connect, connectStream } = await start();
  const [stream, socket] = [await connectStream(), await connect()];
  expect(stream.status).toBe(200);
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
  const { connectionId: _, ...hello } = stream.frames[0]?.json ?? {};
  expect(socket.frames[0]?.json).toMatchObject(hello);
});

it('[FB1] needs a sign-in, also by ticket, and refuses a foreign Origin', async () => {
  const { port, token, fetch } = await start();
  expect((await ask(port, '/api/stream')).status).toBe(401);
  const foreign = { authorization: `Bearer ${token}`, origin: 'http://evil.example' };
  expect((await ask(port, '/api/stream', foreign)).status).toBe(403);
  const { ticket } = JSON.parse(await (await fetch('/api/tickets', { method: 'POST' })).text());
  const aborted = new AbortController();
  const opened = await fetch(`/api/stream?ticket=${ticket}`, {
    signal: aborted.signal,
    headers: { authorization: '' },
  });
  expect(opened.status).toBe(200);
  aborted.abort();
});

it.each([
  ['invalid JSON', '{"type":', 'INVALID_JSON'],
  ['null', 'null', 'INVALID_MESSAGE'],
  ['an unknown type', '{"type":"claude.send"}', 'UNKNOWN_MESSAGE_TYPE'],
  ['deep JSON', `{"type":"chat.send","options":${'['.repeat(1000)}${']'.repeat(1000)}}`, 'INVALID_MESSAGE'],
])('[FB2] [GW4] takes %s with 202, and tells on the stream what is wrong with it', async (_name, body, code) => {
  const client = await (await start()).connectStream();
  client.send(body);
  client.send({ type: 'ping' });
  await client.frame('pong');
  expect(client.frames.filter(({ json }) => json['kind'] === 'protocol_error')).toMatchObject([{ json: { code } }]);
  await client.until(() => client.posted.length === 2, 'both answers');
  expect(client.posted.map(({ status }) => status)).toEqual([202, 202]);
});

it('[FB2] acknowledges commands on the stream, in the order of their requests', async () => {
  const { host, newSession, connectStream } = await start();
  const sessionId = newSession();
  const client = await connectStream();
  const ids = Array.from({ length: 40 }, () => newId(PromptId));
  for (const clientMessageId of ids) client.send({ type: 'chat.send', sessionId, clientMessageId, content: 'again' });
  await client.frame('chat_accepted', ({ commandId }) => commandId === ids.at(-1));
  expect(host.commands.map(({ body }) => body['commandId'])).toEqual(ids);
});

it('[FB2] knows no stream of another sender, and none that is gone', async () => {
  const { gateway, port, connectStream, fetch } = await start();
  const client = await connectStream();
  const path = `/api/stream/${client.connectionId}/frames`;
  const body = '{"type":"ping"}';
  const other = { authorization: `Bearer ${gateway.tokens.create('phone').token}` };
  expect((await fetch(path, { method: 'POST', body, headers: other })).status).toBe(404);
  expect((await fetch(path, { method: 'POST', body })).status).toBe(202);
  expect((await fetch(path, { method: 'POST', body, headers: { authorization: 'Bearer x' } })).status).toBe(401);
  client.close();
  while ((await fetch(path, { method: 'POST', body })).status !== 404) await delay(1);
  expect((await ask(port, path)).status).toBe(401);
});

it('[FB2] [GW14] refuses a frame over the limit with 413, says so on the stream, and keeps it open', async () => {
  const client = await (await start()).connectStream();
  client.send(`{"type":"ping","padding":"${'x'.repeat(33 * 1024 * 1024)}"}`);
  expect(await client.frame('protocol_error')).toMatchObject({ code: 'FRAME_TOO_LARGE', retryable: false });
  client.send({ type: 'ping' });
  await client.frame('pong');
  expect(client.posted.map(({ status }) => status)).toEqual([413, 202]);
});

it('[FB3] subscribes at once where the request says so', async () => {
  const { host, newSession, connectStream, fetch } = await start();
  const sessionId = newSession();
  host.append(sessionId, [chunk('a'), chunk('b')]);
  const sessions = encodeURIComponent(JSON.stringify([{ sessionId, lastSeq: 1, epoch: 'epoch-1' }]));
  const client = await connectStream(`?subscribe=${sessions}`);
  expect(await client.eventsUpTo(sessionId, 2)).toEqual(host.lines(sessionId).slice(1));
  expect((await fetch('/api/stream?subscribe=[')).status).toBe(400);
  const confused = await connectStream('?subscribe={}');
  expect(await confused.frame('protocol_error')).toMatchObject({ code: 'INVALID_MESSAGE' });
});

it('[FB4] [GW12] hears of the session list, and is counted as a connected client', async () => {
  const { host, connect, connectStream, fetch } = await start();
  const clients = [await connect(), await connectStream()];
  const sessionId = newId(SessionId);
  host.feed({ type: 'session_removed', sessionId });
  for (const client of clients) expect(await client.frame('session_removed')).toMatchObject({ sessionId });
  expect(await (await fetch('/api/console/ws/info')).json()).toMatchObject({ connectedClients: 2 });
});

it('[FB5] [GW9] ends a stream whose client sends nothing for too long with 4408, and keeps one that pings', async () => {
  const { connectStream } = await start({ heartbeat: { intervalMs: 100, staleMs: 400 } });
  const [silent, alive] = [await connectStream(), await connectStream()];
  const pings = setInterval(() => alive.send({ type: 'ping' }), 50);
  try {
    expect((await silent.untilClosed()).code).toBe(4408);
    expect(alive.closed).toBeUndefined();
  } finally {
    clearInterval(pings);
  }
});

it('[FB5] [GW10] ends the streams of a revoked token with 4401 after a notice, and all with 1012 when it leaves', async () => {
  const { gateway, connectStream } = await start();
  const created = gateway.tokens.create('phone');
  const [mine, phone] = [await connectStream(), await connectStream('', created.token)];
  gateway.tokens.revoke(created.id);
  expect((await phone.untilClosed()).code).toBe(4401);
  await phone.frame('server_notice', ({ notice }) => notice === 'sign_in_expired');
  expect(mine.closed).toBeUndefined();
  await gateway.close();
  expect((await mine.untilClosed()).code).toBe(1012);
  await mine.frame('server_notice', ({ notice }) => notice === 'going_away');
});
