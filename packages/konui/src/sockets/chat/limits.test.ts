import { newId, PromptId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { ask } from '../../test-support/ask.ts';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const start = useTestGateways();

it('[GW14] answers a frame over the limit with FRAME_TOO_LARGE that quotes its ids, and the socket stays open', async () => {
  const { newSession, connect, host } = await start();
  const [sessionId, clientMessageId] = [newSession(), newId(PromptId)];
  const client = await connect();
  client.send({ type: 'chat.send', sessionId, clientMessageId, content: 'x'.repeat(33 * 1024 * 1024) });
  const error = await client.frame('protocol_error');
  expect(error).toMatchObject({ code: 'FRAME_TOO_LARGE', retryable: false, sessionId, commandId: clientMessageId });
  client.send({ type: 'ping' });
  await client.frame('pong');
  expect(host.commands).toEqual([]);
});

it('[GW14] closes with 1009 on a frame that is too large to be received at all', async () => {
  const { connect } = await start();
  const client = await connect();
  client.send(Buffer.alloc(65 * 1024 * 1024, 'x'));
  expect((await client.untilClosed()).code).toBe(1009);
});

it('[GW14] refuses the 65th socket of a token with 429, and takes one when another has closed', async () => {
  const { gateway, connect, connectStream, port, token } = await start();
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
  const key = { 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==', authorization: `Bearer ${token}` };
  const stream = await connectStream();
  const sockets = await Promise.all(Array.from({ length: 63 }, () => connect()));
  for (const path of ['/ws', '/api/console/ws']) {
    const refused = await ask(port, path, { ...upgrade, ...key });
    expect(refused.status).toBe(429);
    expect(JSON.parse(refused.body)).toMatchObject({ error: { code: 'TOO_MANY' } });
  }
  expect((await ask(port, '/api/stream', { authorization: `Bearer ${token}` })).status).toBe(429);
  await connect(`token=${gateway.tokens.create('phone').token}`);
  sockets[0]?.socket.close();
  await sockets[0]?.untilClosed();
  const another = await connect();
  for (const client of [another, stream]) client.send({ type: 'ping' });
  await Promise.all([another.frame('pong'), stream.frame('pong')]);
});

it('[GW14] answers a prompt too many with TOO_MANY, and the socket stays open', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  const [first, second, third] = [await connect(), await connect(), await connect()];
  host.refuseWith = { code: 'TOO_MANY', status: 429 };
  const clientMessageId = newId(PromptId);
  first.send({ type: 'chat.send', sessionId, clientMessageId, content: 'the host has as many as it takes' });
  const error = await first.frame('protocol_error');
  expect(error).toMatchObject({ code: 'TOO_MANY', retryable: true, commandId: clientMessageId });
  for (const client of [first, second, third]) client.send({ type: 'ping' });
  await Promise.all([first, second, third].map((client) => client.frame('pong')));
});

it('[GW14] passes on that an image is too large, and the socket stays open', async () => {
  const { host, newSession, connect } = await start();
  const sessionId = newSession();
  host.refuseWith = { code: 'ATTACHMENT_TOO_LARGE', status: 413 };
  const client = await connect();
  const image = { type: 'image', mimeType: 'image/png', data: 'AAAA' };
  client.send({ type: 'chat.send', sessionId, content: [image] });
  expect(await client.frame('protocol_error')).toMatchObject({ code: 'ATTACHMENT_TOO_LARGE', retryable: false });
  client.send({ type: 'ping' });
  await client.frame('pong');
});
