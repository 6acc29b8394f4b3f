import { newId, RequestId, RunId } from '@konui/protocol';
import { type FakePushService, type FakeSubscription, startFakePushService } from '@konui/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import webPush from 'web-push';
import { createLogger } from '../create-logger.ts';
import { useTestGateways } from '../test-support/start-test-gateway.ts';
import { EndpointGuard } from './endpoint-guard.ts';
import { PushSender } from './push-sender.ts';

const start = useTestGateways();
let service: FakePushService;
beforeEach(async () => {
  service = await startFakePushService();
});
afterEach(() => service.close());

type Gateway = Awaited<ReturnType<typeof start>>;

async function subscribe(gateway: Gateway, token = gateway.token, what: object = {}): Promise<FakeSubscription> {
  const headers = { authorization: `Bearer ${token}` };
  const { publicKey } = await (await gateway.fetch('/api/push/key', { headers })).json();
  const subscription = service.subscribe(publicKey);
  const body = JSON.stringify({ ...subscription.json, what });
  const answer = await gateway.fetch('/api/push/subscriptions', { method: 'PUT', headers, body });
  expect(answer.status).toBe(204);
  return subscription;
}

const permission = (command: string) => ({
  kind: 'permission_request',
  requestId: newId(RequestId),
  runId: newId(RunId),
  toolCall: { toolCallId: 't1', title: 'Run a command', kind: 'execute', rawInput: { command } },
  options: [
    { optionId: 'always', name: 'Always', kind: 'allow_always' },
    { optionId: 'once', name: 'Once', kind: 'allow_once' },
    { optionId: 'no', name: 'No', kind: 'reject_once' },
  ],
});

/** A gateway with a session whose agent can ask. */
async function startAsking(options?: Parameters<typeof start>[0]) {
  const gateway = await start(options);
  const sessionId = gateway.newSession();
  gateway.host.projects.set(sessionId, '/src/garden');
  const [row] = (await (await gateway.fetch('/api/providers/sessions')).json()).sessions;
  const tell = (change: object = {}): void => {
    const { pendingPermissions, pendingElicitations, run } = gateway.host.stateOf(sessionId);
    const session = {
      ...row,
      pendingPermissions: pendingPermissions.length,
      pendingElicitations: pendingElicitations.length,
      runId: run?.runId ?? null,
      runStartedAt: run?.startedAt ?? null,
      ...change,
    };
    gateway.host.feed({ type: 'session_upserted', session });
  };
  const ask = (command: string): RequestId => {
    const request = permission(command);
    gateway.host.append(sessionId, [request]);
    tell();
    return request.requestId;
  };
  const resolve = (requestId: RequestId): void => {
    gateway.host.append(sessionId, [
      { kind: 'permission_resolved', requestId, by: { type: 'person' }, optionId: 'no' },
    ]);
    tell();
  };
  const approve = (token: unknown, headers: Record<string, string> = {}) =>
    fetch(`${gateway.origin}/api/approvals`, { method: 'POST', headers, body: JSON.stringify({ token }) });
  return { ...gateway, sessionId, tell, ask, resolve, approve };
}

const actionsOf = (message: object): { action: string; token: string }[] =>
  'actions' in message && Array.isArray(message.actions) ? message.actions : [];

it('[PUSH3] tells of a permission with what is asked, and of its answer by a message that takes it back', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  const requestId = gateway.ask('npm test');
  const message = await device.until(({ type }) => type === 'permission');
  expect(message).toMatchObject({
    v: 1,
    tag: `session:${gateway.sessionId}`,
    title: 'Needs you: garden',
    body: 'demo: Run a command\nnpm test',
    url: `/approve/${requestId}?session=${gateway.sessionId}`,
    sessionId: gateway.sessionId,
    requestId,
    actions: [
      { action: 'allow', title: 'Allow' },
      { action: 'deny', title: 'Deny' },
    ],
  });
  expect(device.headers[0]).toMatchObject({ urgency: 'high', topic: expect.stringMatching(/^[\w-]{32}$/) });
  gateway.resolve(requestId);
  expect(await device.until(({ type }) => type === 'cleared')).toMatchObject({ tag: message.tag });
  expect(service.problems).toEqual([]);
});

it('[PUSH5] an approval answers once, with the option that holds once, as the person whose device it is', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  gateway.ask('npm test');
  const [allow, deny] = actionsOf(await device.until(({ type }) => type === 'permission'));
  expect((await gateway.approve(allow?.token, { origin: 'https://evil.example' })).status).toBe(403);
  const answers = await Promise.all([gateway.approve(allow?.token), gateway.approve(allow?.token)]);
  expect(answers.map(({ status }) => status)).toEqual(expect.arrayContaining([202, 409]));
  for (const token of [allow?.token, deny?.token]) {
    const late = await gateway.approve(token);
    expect([late.status, (await late.json()).error.code]).toEqual([409, 'PERMISSION_NOT_FOUND']);
  }
  expect(gateway.host.commands).toHaveLength(1);
  expect(gateway.host.commands[0]).toMatchObject({
    name: 'permission',
    body: { optionId: 'once', by: { type: 'person', tokenId: expect.any(String), device: 'notification' } },
  });
});

it('[PUSH5] an approval whose request was answered elsewhere is refused in words, and a wrong one counts', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  const requestId = gateway.ask('npm test');
  const [allow] = actionsOf(await device.until(({ type }) => type === 'permission'));
  gateway.resolve(requestId);
  const late = await gateway.approve(allow?.token);
  expect([late.status, (await late.json()).error.message]).toEqual([409, expect.stringContaining('answered already')]);
  const statuses: number[] = [];
  for (let count = 0; count <= 20; count += 1) statuses.push((await gateway.approve('wrong')).status);
  expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
  expect(gateway.host.commands).toEqual([]);
});

it('[PUSH5] an approval that did not reach the host may be tried again', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  gateway.ask('npm test');
  const [allow] = actionsOf(await device.until(({ type }) => type === 'permission'));
  gateway.host.refuseWith = { code: 'HOST_UNREACHABLE', status: 503 };
  expect((await gateway.approve(allow?.token)).status).toBe(503);
  gateway.host.refuseWith = undefined;
  expect((await gateway.approve(allow?.token)).status).toBe(202);
  const [first, second] = gateway.host.commands;
  expect(first?.body['commandId']).toBe(second?.body['commandId']);
});

it('[PUSH4] what may destroy something has no buttons, and a token that may not answer gets none', async () => {
  const gateway = await startAsking();
  const reader = gateway.gateway.tokens.create('reader', { access: { rights: new Set(['read']), bounds: undefined } });
  const [device, screen] = [await subscribe(gateway), await subscribe(gateway, reader.token)];
  const requestId = gateway.ask('rm -rf build');
  const message = await device.until(({ type }) => type === 'permission');
  expect(message).toMatchObject({
    isDestructive: 'deletes',
    url: `/approve/${requestId}?session=${gateway.sessionId}`,
  });
  expect(message).not.toHaveProperty('actions');
  expect(await screen.until(({ type }) => type === 'permission')).not.toHaveProperty('actions');
});

it('[PUSH3] tells who may see the session and nobody else, and stops with the token', async () => {
  const gateway = await startAsking();
  const bound = { rights: new Set(['read', 'answer'] as const), bounds: { sessionIds: [], projectPaths: ['/other'] } };
  const other = await subscribe(gateway, gateway.gateway.tokens.create('other', { access: bound }).token);
  const phone = gateway.gateway.tokens.create('phone');
  const [revoked, device] = [await subscribe(gateway, phone.token), await subscribe(gateway)];
  gateway.gateway.tokens.revoke(phone.id);
  gateway.ask('npm test');
  await device.until(({ type }) => type === 'permission');
  const tested = await (await gateway.fetch('/api/push/test', { method: 'POST' })).json();
  expect(tested).toEqual({ sent: 1, failed: 0 });
  expect([other.messages, revoked.messages]).toEqual([[], []]);
});

it('[PUSH3] says nothing of a session that somebody looks at, until they look away', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  const client = await gateway.connect();
  client.send({ type: 'client.visibility', isVisible: true, sessionId: gateway.sessionId });
  client.send({ type: 'ping' });
  await client.frame('pong');
  gateway.ask('npm test');
  await gateway.fetch('/api/push/test', { method: 'POST' });
  await device.until(({ type }) => type === 'test');
  expect(device.messages).toHaveLength(1);
  client.close();
  await device.until(({ type }) => type === 'permission');
});

it('[PUSH3] tells how a run ended, in the kinds that are wanted', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  const quiet = await subscribe(gateway, gateway.token, { finished: false });
  const runOnce = (end: object, lastsMs = 180_000): void => {
    gateway.tell({ runId: newId(RunId), runStartedAt: new Date(Date.now() - lastsMs).toISOString() });
    gateway.tell({ runId: null, ...end });
  };
  runOnce({ lastRun: { stopReason: 'cancelled', success: false, aborted: true } });
  const success = { stopReason: 'end_turn', success: true, aborted: false };
  runOnce({ lastRun: success }, 1_000);
  runOnce({ lastRun: success });
  expect(await device.until(({ type }) => type === 'finished')).toMatchObject({
    title: 'Finished: garden',
    body: 'demo, after 3 min',
    tag: `session:${gateway.sessionId}:end`,
    url: `/s/${gateway.sessionId}`,
  });
  await gateway.fetch('/api/push/test', { method: 'POST' });
  await quiet.until(({ type }) => type === 'test');
  expect(quiet.messages).toHaveLength(1);
});

it('[PUSH3] a limit is told as one', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  const limit = { resetsAt: '2026-01-08T14:00:00.000Z', resumesAt: null };
  gateway.tell({ runId: newId(RunId), runStartedAt: new Date().toISOString() });
  gateway.tell({ runId: null, limit, lastRun: { stopReason: 'error', success: false, aborted: false } });
  expect(await device.until(({ type }) => type === 'limit')).toMatchObject({ resetsAt: limit.resetsAt });
});

it('[PUSH3] tells of a kontask that has ended, once, also after it was changed again', async () => {
  const gateway = await start();
  const device = await subscribe(gateway);
  const send = (method: string, path: string, body: object) =>
    gateway.fetch(`/api/kontasks${path}`, { method, body: JSON.stringify(body) });
  const created = await send('POST', '', { type: 'report', title: 'Nightly', description: 'All is well' });
  expect(created.status).toBe(201);
  const message = await device.until(({ type }) => type === 'kontask');
  expect(message).toMatchObject({ title: 'Nightly', body: 'All is well', url: expect.stringMatching(/^\/kontasks\//) });
  const id = String(message['url']).replace('/kontasks/', '');
  expect((await send('PATCH', `/${id}`, { tags: ['x'] })).status).toBe(200);
  await gateway.fetch('/api/push/test', { method: 'POST' });
  await device.until(({ type }) => type === 'test');
  expect(device.messages).toHaveLength(2);
});

it('[PUSH2] a subscription that its push service no longer knows is forgotten', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  device.expire();
  const test = async (): Promise<unknown> => (await gateway.fetch('/api/push/test', { method: 'POST' })).json();
  expect(await test()).toEqual({ sent: 0, failed: 1 });
  expect(await test()).toEqual({ sent: 0, failed: 0 });
  expect(device.refused).toBe(1);
});

it('[PUSH2] takes 20 subscriptions of a token, replaces one, and forgets one that is taken back', async () => {
  const gateway = await start();
  const devices: FakeSubscription[] = [];
  for (let count = 0; count < 20; count += 1) devices.push(await subscribe(gateway));
  const { json } = service.subscribe('x');
  const change = (method: string, body: object) =>
    gateway.fetch('/api/push/subscriptions', { method, body: JSON.stringify(body) });
  expect((await change('PUT', json)).status).toBe(429);
  expect((await change('PUT', devices[0]?.json ?? {})).status).toBe(204);
  expect((await change('DELETE', { endpoint: devices[0]?.json.endpoint })).status).toBe(204);
  expect((await change('PUT', json)).status).toBe(204);
});

it.each([
  ['plain HTTP', 'http://push.example.com/x'],
  ['loopback', 'https://127.0.0.1/x'],
  ['loopback by another spelling', 'https://0x7f.1/x'],
  ['a private network', 'https://10.1.2.3/x'],
  ['link-local', 'https://169.254.169.254/latest'],
  ['loopback of IPv6', 'https://[::1]/x'],
  ['IPv4 in IPv6', 'https://[::ffff:192.168.0.1]/x'],
  ['a unique local address', 'https://[fd00::1]/x'],
  ['a local name', 'https://localhost/x'],
  ['a name without a dot', 'https://router/x'],
  ['a user in the address', 'https://a:b@push.example.com/x'],
  ['no address', 'nonsense'],
])('[PUSH2] refuses an endpoint with %s', async (_, endpoint) => {
  const gateway = await start({ config: { pushAllowsPrivate: false } });
  const { keys } = service.subscribe('x').json;
  const body = JSON.stringify({ endpoint, keys });
  expect((await gateway.fetch('/api/push/subscriptions', { method: 'PUT', body })).status).toBe(400);
});

it('[PUSH3] the next request is told when the first is answered, at most one in 5 s', async () => {
  const gateway = await startAsking();
  const device = await subscribe(gateway);
  const [first, second] = [gateway.ask('npm test'), gateway.ask('npm run build')];
  const told = await device.until(({ type }) => type === 'permission');
  expect(told).toMatchObject({ requestId: first });
  gateway.resolve(first);
  await device.until(({ requestId }) => requestId === second);
  // Not at once in its place: what was told is taken back, and the next one waits for its turn.
  expect(device.messages.map(({ type }) => type)).toEqual(['permission', 'cleared', 'permission']);
});

it('[PUSH2] connects to what the guard resolved', async () => {
  const { publicKey, privateKey } = webPush.generateVAPIDKeys();
  const { json } = service.subscribe(publicKey);
  const log = createLogger('silent', { write: () => undefined });
  const guard = new EndpointGuard({ allowsPrivate: true });
  const sender = new PushSender({ keys: { publicKey, privateKey }, contact: 'mailto:a@konui.invalid', guard, log });
  const message = { payload: '{}', tag: 't', isUrgent: false };
  const byName = { ...json, what: {}, endpoint: json.endpoint.replace('127.0.0.1', 'localhost') };
  // The service heard it, and found that its own address is another.
  expect(await sender.send(byName, message)).toBe('failed');
  expect(service.problems).toEqual([expect.stringContaining('the token is for http://localhost')]);
  await sender.close();
  expect(await sender.send(byName, message)).toBe('failed');
});

it('[PUSH2] refuses keys that are none', async () => {
  const gateway = await start();
  const { json } = service.subscribe('x');
  for (const keys of [{}, { ...json.keys, auth: 'AAAA' }, { ...json.keys, p256dh: '*' }]) {
    const body = JSON.stringify({ ...json, keys });
    expect((await gateway.fetch('/api/push/subscriptions', { method: 'PUT', body })).status).toBe(400);
  }
});
