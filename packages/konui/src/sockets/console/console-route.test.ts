import { newId, PromptId, RequestId, RunId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { ask } from '../../test-support/ask.ts';
import { ConsoleClient } from '../../test-support/console-client.ts';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const start = useTestGateways();
const chunk = (text: string) => ({ kind: 'agent_message_chunk', content: { type: 'text', text } });

it.each(['/api/console/ws', '/ws/console'])('[CON2] begins with the session at %s', async (path) => {
  const { newSession, connectConsole } = await start();
  const sessionId = newSession();
  const client = await connectConsole(`session=${sessionId}`, { path });
  await client.message('status');
  expect(client.messages).toEqual([
    { type: 'session', sessionId, epoch: 'epoch-1', lastSeq: 1 },
    { type: 'status', seq: 1, state: 'idle' },
  ]);
});

it('[CON2] says that there is no such session, stays open, and answers commands with the same error', async () => {
  const { connectConsole, gateway } = await start();
  const reader = gateway.tokens.create('reader', {
    access: { rights: new Set(['read', 'inject']), bounds: undefined },
  });
  for (const [query, as] of [[`session=${newId(SessionId)}`], ['', reader.token]] as const) {
    const client = await connectConsole(query, as === undefined ? {} : { as });
    expect(client.messages).toMatchObject([{ type: 'error', code: 'SESSION_NOT_FOUND' }]);
    const id = newId(PromptId);
    const message = as === undefined ? { type: 'prompt', id } : { type: 'inject', idempotencyKey: id };
    client.send({ ...message, text: 'x' });
    const isAnswer = (error: { id?: unknown; idempotencyKey?: unknown }) =>
      [error.id, error.idempotencyKey].includes(id);
    expect(await client.message('error', isAnswer)).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    client.send({ type: 'ping' });
    await client.message('pong');
  }
});

it('[CON11] [ACC8] makes a session for a token that may, in a project that it may use', async () => {
  const { host, folder, gateway, connectConsole } = await start();
  host.providers = [{ provider: 'demo', name: 'Demo', source: 'catalogue', status: 'ready', isDemo: true }];
  const bounds = { sessionIds: [], projectPaths: ['/src/own'] };
  const bound = gateway.tokens.create('bound', { access: { rights: new Set(['read', 'prompt']), bounds } }).token;
  const refused = await connectConsole('project=/src/foreign', { as: bound });
  expect(refused.messages).toMatchObject([{ type: 'error', code: 'FORBIDDEN' }]);
  expect(host.projects.size).toBe(0);
  const [own, again] = await Promise.all([connectConsole('', { as: bound }), connectConsole('', { as: bound })]);
  const { sessionId } = await own.message('session');
  expect(await again.message('session')).toMatchObject({ sessionId });
  expect([...host.projects]).toEqual([[sessionId, '/src/own']]);
  const full = await connectConsole(`project=${folder}`);
  expect(host.projects.get((await full.message('session')).sessionId)).toBe(folder);
});

it('[CON2] says that the host is away, and sends the session when it is back', async () => {
  const { host, newSession, connectConsole } = await start();
  const sessionId = newSession();
  await host.die();
  const client = await connectConsole(`session=${sessionId}`);
  const id = newId(PromptId);
  client.send({ type: 'prompt', text: 'x', id });
  expect(await client.message('error', (error) => error.id === id)).toMatchObject({
    code: 'HOST_UNREACHABLE',
    retryable: true,
  });
  await host.start();
  await client.message('session');
  expect(client.outline.filter((each) => each !== 'error HOST_UNREACHABLE')[0]).toBe('session');
});

it('[CON2] tells what comes of a prompt that was sent before anything came', async () => {
  const { host, newSession, port, token } = await start();
  const client = new ConsoleClient(`ws://127.0.0.1:${port}/api/console/ws?token=${token}&session=${newSession()}`);
  const id = newId(PromptId);
  client.socket.on('open', () => client.send({ type: 'prompt', text: 'hello', id }));
  await expect.poll(() => host.commands.length).toBe(1);
  const asked = host.requests.map((request) => request.split('/').at(-1));
  expect(asked.lastIndexOf('state')).toBeLessThan(asked.indexOf('prompt'));
  client.close();
});

it('[CON3] sends what is new, or everything after the cursor', async () => {
  const { host, newSession, connectConsole } = await start();
  const sessionId = newSession();
  host.append(sessionId, [chunk('a'), chunk('b')]);
  const [now, resumed] = [
    await connectConsole(`session=${sessionId}`),
    await connectConsole(`session=${sessionId}&after=2&epoch=epoch-1`),
  ];
  await Promise.all([now.message('status'), resumed.message('status')]);
  host.append(sessionId, [chunk('c')]);
  await Promise.all([now, resumed].map((client) => client.message('output', ({ content }) => content === 'c')));
  expect(now.all('output')).toEqual([{ type: 'output', seq: 4, content: 'c' }]);
  expect(resumed.all('output').map(({ seq }) => seq)).toEqual([3, 4]);
});

it.each([
  ['beyond the end of the log', 'after=99', 'CURSOR_AHEAD'],
  ['of a history that is gone', 'after=1&epoch=other', 'CURSOR_GONE'],
])('[CON3] says of a cursor %s that it does not fit, and begins at the first event', async (_name, query, code) => {
  const { host, newSession, connectConsole } = await start();
  const sessionId = newSession();
  host.append(sessionId, [chunk('a'), chunk('b')]);
  const client = await connectConsole(`session=${sessionId}&${query}`);
  await client.message('status');
  expect(client.outline).toEqual(['session', `error ${code}`, 'output', 'output', 'status idle']);
});

it('[CON3] begins again when the log becomes another one', async () => {
  const { host, newSession, connectConsole } = await start();
  const sessionId = newSession();
  host.append(sessionId, [chunk('a'), chunk('b')]);
  const client = await connectConsole(`session=${sessionId}`);
  await client.message('status');
  await host.die();
  host.replaceLog(sessionId, 'epoch-2', [chunk('c')]);
  await host.start();
  await client.message('output', ({ content }) => content === 'c');
  await client.message('status', ({ seq }) => seq === 2);
  const again = ['session', 'error CURSOR_GONE', 'output', 'status idle'];
  expect(client.outline).toEqual(['session', 'status idle', ...again]);
});

it('[CON4] repeats the permissions that are open at the cursor', async () => {
  const { host, newSession, connectConsole } = await start();
  const sessionId = newSession();
  const [runId, requestId] = [newId(RunId), newId(RequestId)];
  host.append(sessionId, [
    { kind: 'run_started', runId, promptId: newId(PromptId) },
    { kind: 'permission_request', requestId, runId, toolCall: { toolCallId: 't' }, options: [] },
  ]);
  const [now, before] = [
    await connectConsole(`session=${sessionId}`),
    await connectConsole(`session=${sessionId}&after=1`),
  ];
  await Promise.all([now.message('status'), before.message('status', ({ seq }) => seq === 3)]);
  expect(now.outline).toEqual(['session', 'permission_request', 'status waiting']);
  expect(now.all('permission_request')).toMatchObject([{ seq: 3, requestId }]);
  expect(before.all('permission_request')).toHaveLength(1);
});

it.each([
  ['invalid JSON', '{"type":', 'INVALID_JSON'],
  ['an array', '[]', 'INVALID_MESSAGE'],
  ['null', 'null', 'INVALID_MESSAGE'],
  ['a number', '7', 'INVALID_MESSAGE'],
  ['no type', '{}', 'INVALID_MESSAGE'],
  ['an unknown type', '{"type":"chat.send"}', 'UNKNOWN_MESSAGE_TYPE'],
  ['an empty prompt', '{"type":"prompt","text":""}', 'INVALID_MESSAGE'],
  ['an id that is none', '{"type":"prompt","text":"x","id":"1"}', 'INVALID_MESSAGE'],
  ['an answer without a choice', `{"type":"permission","requestId":"${newId(RequestId)}"}`, 'INVALID_MESSAGE'],
  ['deep JSON', `{"type":"prompt","text":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 'INVALID_MESSAGE'],
  ['a binary frame that is no image', Buffer.from('{"type":"ping"}'), 'ATTACHMENT_TYPE'],
])('[GW4] [CON1] answers %s with one error, and the socket stays open', async (_name, message, code) => {
  const { newSession, connectConsole } = await start();
  const client = await connectConsole(`session=${newSession()}`);
  client.send(message);
  client.send({ type: 'ping' });
  await client.message('pong');
  expect(client.all('error')).toMatchObject([{ code, retryable: false }]);
});

it('[CON7] forwards commands under their sender’s identity, and quotes those that are refused', async () => {
  const { host, newSession, connectConsole } = await start();
  const sessionId = newSession();
  const client = await connectConsole(`session=${sessionId}&device=script`);
  const [id, requestId] = [newId(PromptId), newId(RequestId)];
  const image = { mimeType: 'image/png', data: 'aGk=' };
  client.send({ type: 'prompt', text: 'look', images: [image], id });
  client.send({ type: 'cancel' });
  host.refuseWith = { code: 'PERMISSION_NOT_FOUND', status: 409 };
  client.send({ type: 'permission', requestId, optionId: 'yes' });
  const isAnswer = (error: { requestId?: string | undefined }): boolean => error.requestId === requestId;
  expect(await client.message('error', isAnswer)).toMatchObject({ code: 'PERMISSION_NOT_FOUND' });
  const head = { commandId: expect.any(String), by: { type: 'person', tokenId: expect.any(String), device: 'script' } };
  const content = [
    { type: 'text', text: 'look' },
    { type: 'image', ...image },
  ];
  expect(host.commands).toHaveLength(3);
  expect(host.commands).toEqual(
    expect.arrayContaining([
      { name: 'prompt', sessionId, body: { ...head, commandId: id, content } },
      { name: 'stop', sessionId, body: head },
      { name: 'permission', sessionId, body: { ...head, requestId, optionId: 'yes' } },
    ]),
  );
});

it('[GW9] closes a console that is silent for too long with 4408', async () => {
  const { newSession, connectConsole } = await start({ heartbeat: { intervalMs: 100, staleMs: 400 } });
  const client = await connectConsole(`session=${newSession()}`, { autoPong: false });
  expect((await client.untilClosed()).code).toBe(4408);
});

it('[GW9] keeps a console whose large image is still coming', async () => {
  const { newSession, connectConsole } = await start({ heartbeat: { intervalMs: 50, staleMs: 300 } });
  const client = await connectConsole(`session=${newSession()}`, { autoPong: false });
  const pieces = 12;
  let sent = 0;
  client.socket.on('ping', () => {
    sent += 1;
    const piece = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    if (sent <= pieces) client.socket.send(piece, { binary: true, fin: sent === pieces });
  });
  expect(await client.message('image_stored')).toMatchObject({ byteLength: 8 * pieces });
  expect((await client.untilClosed()).code).toBe(4408);
});

it('[CON8] closes the console of a revoked token with 4401 after an error, and with 1012 when it leaves', async () => {
  const { gateway, newSession, connectConsole } = await start();
  const query = `session=${newSession()}`;
  const created = gateway.tokens.create('script');
  const [mine, other] = [await connectConsole(query), await connectConsole(query, { as: created.token })];
  gateway.tokens.revoke(created.id);
  expect((await other.untilClosed()).code).toBe(4401);
  expect(other.all('error')).toMatchObject([{ code: 'UNAUTHORIZED' }]);
  expect(mine.closed).toBeUndefined();
  await gateway.close();
  expect((await mine.untilClosed()).code).toBe(1012);
});

it('[GW11] refuses upgrades as /ws does: 401 for the sign-in, 403 for the Origin, 421 for the Host', async () => {
  const { port, token } = await start();
  const statusOf = async (query: string, headers: Record<string, string> = {}): Promise<number> => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const key = { 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    return (await ask(port, `/api/console/ws?${query}`, { ...upgrade, ...key, ...headers })).status;
  };
  expect(await statusOf('token=wrong')).toBe(401);
  expect(await statusOf(`token=${token}`, { origin: 'http://evil.example' })).toBe(403);
  expect(await statusOf(`token=${token}`, { host: `evil.example:${port}` })).toBe(421);
  expect(await statusOf(`token=${token}`, { origin: `http://localhost:${port}` })).toBe(101);
});

it('[GW12] A3: hears nothing of the session list, and is counted as a connected client', async () => {
  const { host, newSession, connect, connectConsole, fetch } = await start();
  const sessionId = newSession();
  const [chat, client] = [await connect(), await connectConsole(`session=${sessionId}`)];
  host.feed({ type: 'session_removed', sessionId: newId(SessionId) });
  await chat.frame('session_removed');
  client.send({ type: 'ping' });
  await client.message('pong');
  expect(client.outline).toEqual(['session', 'status idle', 'pong']);
  expect(await (await fetch('/api/console/ws/info')).json()).toMatchObject({ connectedClients: 2 });
});

it('[GW7] does not buffer for a console that reads slowly, and catches it up when it reads again', async () => {
  const { host, newSession, connectConsole } = await start();
  const sessionId = newSession();
  const [slow, quick] = [await connectConsole(`session=${sessionId}`), await connectConsole(`session=${sessionId}`)];
  await Promise.all([slow.message('status'), quick.message('status')]);
  const pages = (): number => host.requests.filter((request) => request.endsWith('/events')).length;
  slow.socket.pause();
  const texts = Array.from({ length: 400 }, (_, index) => `${index} ${'x'.repeat(50_000)}`);
  for (const [index, text] of texts.entries()) {
    host.append(sessionId, [chunk(text)]);
    await quick.until(() => quick.frames.length === index + 3, 'the text');
  }
  const pagesBefore = pages();
  slow.socket.resume();
  await slow.until(() => slow.frames.length === texts.length + 2, 'all of it');
  expect(slow.all('output').map(({ content }) => content)).toEqual(texts);
  expect(pages()).toBeGreaterThan(pagesBefore);
});
