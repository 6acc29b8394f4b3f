import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LIMITS, newId, PromptId, type SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import type { FrameClient } from './test-support/frame-client.ts';
import { StreamClient } from './test-support/stream-client.ts';
import { useWholePath } from './test-support/use-whole-path.ts';
import { WsClient } from './test-support/ws-client.ts';

const own = useWholePath();

async function connect(): Promise<WsClient> {
  const { url } = await own.gateway.record();
  return own.closing(new WsClient(`${url.replace('http', 'ws')}/ws?token=${own.gateway.token()}`)).opened();
}

async function connectStream(): Promise<StreamClient> {
  const { url } = await own.gateway.record();
  return own.closing(new StreamClient(url, own.gateway.token())).opened();
}

const subscribe = (client: FrameClient, sessionId: SessionId, lastSeq = 0) =>
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq }] });
const send = (client: FrameClient, sessionId: SessionId, content: string) =>
  client.send({ type: 'chat.send', sessionId, clientMessageId: newId(PromptId), content });
const logOf = (sessionId: SessionId) =>
  readFileSync(join(own.home, 'sessions', sessionId, 'log.ndjson'), 'utf8')
    .split('\n')
    .slice(0, -1);

it('[GW6] two sockets get a whole run while it goes, and a third gets the same bytes of the log from 0', async () => {
  const sessionId = await own.createSession();
  const [one, two] = [await connect(), await connect()];
  for (const client of [one, two]) subscribe(client, sessionId);
  await Promise.all([one.frame('chat_caught_up'), two.frame('chat_caught_up')]);
  send(one, sessionId, '/stream 40');
  for (const client of [one, two])
    expect(await client.frame('complete')).toMatchObject({ success: true, actualSessionId: sessionId });
  const third = await connect();
  subscribe(third, sessionId);
  await third.frame('complete');
  const log = logOf(sessionId);
  for (const client of [one, two, third]) expect(client.events(sessionId)).toEqual(log);
  await two.frame('session_upserted', (frame) => JSON.stringify(frame).includes(sessionId));
});

it('C6, A10: a stop ends the run with one complete that says aborted', async () => {
  const sessionId = await own.createSession();
  const client = await connect();
  subscribe(client, sessionId);
  send(client, sessionId, '/stream 5000');
  await client.frame('agent_message_chunk');
  client.send({ type: 'chat.abort', sessionId });
  expect(await client.frame('complete')).toMatchObject({ aborted: true, success: false, stopReason: 'cancelled' });
  client.send({ type: 'chat.abort', sessionId });
  expect(await client.frame('protocol_error')).toMatchObject({ code: 'NO_ACTIVE_RUN' });
});

it('C7: every client sees a permission, the first answer wins, and the others see it resolved', async () => {
  const sessionId = await own.createSession();
  const [one, two] = [await connect(), await connect()];
  for (const client of [one, two]) subscribe(client, sessionId);
  send(one, sessionId, '/run echo hello');
  const [request] = await Promise.all([one.frame('permission_request'), two.frame('permission_request')]);
  const late = await connect();
  subscribe(late, sessionId);
  expect(await late.frame('chat_subscribed')).toMatchObject({
    isProcessing: true,
    pendingPermissions: [{ requestId: request['requestId'] }],
  });
  two.send({ type: 'chat.permission-response', sessionId, requestId: request['requestId'], allow: true });
  for (const client of [one, two, late]) {
    expect(await client.frame('permission_resolved')).toMatchObject({
      requestId: request['requestId'],
      by: { type: 'person' },
    });
    await client.frame('complete');
  }
});

it('kill -9 of the gateway in mid-stream: the run goes on, and a client with its cursor misses nothing', async () => {
  const sessionId = await own.createSession();
  const before = await connect();
  subscribe(before, sessionId);
  send(before, sessionId, '/stream 300');
  await before.eventsUpTo(sessionId, 20);
  await own.gateway.end('SIGKILL');
  const seen = before.events(sessionId);
  await own.startGateway();
  const after = await connect();
  subscribe(after, sessionId, seen.length);
  expect(await after.frame('complete')).toMatchObject({ success: true });
  expect([...seen, ...after.events(sessionId)]).toEqual(logOf(sessionId));
});

it('kill -9 of the host in mid-stream: the socket stays open, and nothing is missing or doubled on it', async () => {
  const sessionId = await own.createSession();
  const client = await connect();
  subscribe(client, sessionId);
  send(client, sessionId, '/stream 300');
  await client.eventsUpTo(sessionId, 20);
  await own.konsole.die();
  await client.frame('server_notice', ({ notice }) => notice === 'host_unreachable');
  await own.konsole.startAgain();
  expect(await client.frame('complete')).toMatchObject({ success: true });
  expect(client.events(sessionId)).toEqual(logOf(sessionId));
  await client.frame('server_notice', ({ notice }) => notice === 'host_back');
});

it('A12: a client without WebSockets prompts, answers a permission, and gets the bytes of the log', async () => {
  const sessionId = await own.createSession();
  const [stream, socket] = [await connectStream(), await connect()];
  for (const client of [stream, socket]) subscribe(client, sessionId);
  send(stream, sessionId, '/run echo hello');
  const { requestId } = await stream.frame('permission_request');
  stream.send({ type: 'chat.permission-response', sessionId, requestId, allow: true });
  for (const client of [stream, socket]) expect(await client.frame('complete')).toMatchObject({ success: true });
  expect(stream.events(sessionId)).toEqual(logOf(sessionId));
  expect(socket.events(sessionId)).toEqual(logOf(sessionId));
});

it('[QUE1] every client sees the queue as one of them edits it, and a change that comes too late is rejected', async () => {
  const sessionId = await own.createSession();
  const [socket, stream] = [await connect(), await connectStream()];
  for (const client of [socket, stream]) subscribe(client, sessionId);
  send(socket, sessionId, '/stream 5000');
  const promptId = newId(PromptId);
  socket.send({ type: 'chat.send', sessionId, clientMessageId: promptId, content: 'later' });
  await stream.frame('prompt_queued');
  stream.send({ type: 'chat.queue', sessionId, change: { action: 'edit', promptId, content: 'else' } });
  const changed = await socket.frame('prompt_changed');
  expect(changed).toMatchObject({ promptId, content: [{ type: 'text', text: 'else' }] });
  stream.send({ type: 'chat.queue', sessionId, change: { action: 'remove', promptId, queueVersion: 1 } });
  expect(await stream.frame('protocol_error')).toMatchObject({ code: 'QUEUE_CHANGED', sessionId });
  socket.send({ type: 'chat.queue', sessionId, change: { action: 'remove', promptId } });
  await stream.frame('prompt_removed');
  socket.send({ type: 'chat.abort', sessionId });
  await stream.frame('complete');
});

it('[GW14] the host’s own limits leave the socket open: prompts that wait, and the size of an image', async () => {
  const sessionId = await own.createSession();
  const client = await connect();
  subscribe(client, sessionId);
  const data = Buffer.alloc(LIMITS.maxImageBytes + 3).toString('base64');
  const content = [{ type: 'image', mimeType: 'image/png', data }];
  client.send({ type: 'chat.send', sessionId, clientMessageId: newId(PromptId), content });
  const tooLarge = await client.frame('protocol_error', ({ code }) => code === 'ATTACHMENT_TOO_LARGE');
  expect(tooLarge).toMatchObject({ retryable: false, commandId: expect.any(String) });
  send(client, sessionId, '/stream 100000');
  await client.frame('run_started');
  for (let count = 0; count <= LIMITS.maxQueuedPrompts; count += 1) send(client, sessionId, `${count}`);
  expect(await client.frame('protocol_error', ({ code }) => code === 'TOO_MANY')).toMatchObject({ retryable: true });
  client.send({ type: 'ping' });
  await client.frame('pong');
});

it('[HOST9] a session is renamed and removed, and every client hears of it', async () => {
  const sessionId = await own.createSession();
  const [socket, stream] = [await connect(), await connectStream()];
  const { url } = await own.gateway.record();
  const headers = { authorization: `Bearer ${own.gateway.token()}` };
  const path = `${url}/api/providers/sessions/${sessionId}`;
  const changed = await fetch(path, { method: 'PATCH', headers, body: JSON.stringify({ title: 'Better' }) });
  expect(await changed.json()).toMatchObject({ sessionId, title: 'Better' });
  for (const client of [socket, stream])
    await client.frame('session_upserted', (frame) => JSON.stringify(frame).includes('Better'));
  expect((await fetch(path, { method: 'DELETE', headers })).status).toBe(200);
  for (const client of [socket, stream]) expect(await client.frame('session_removed')).toMatchObject({ sessionId });
  expect((await fetch(path, { headers })).status).toBe(410);
});
