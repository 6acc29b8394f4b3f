import { newId, PromptId, type SessionId } from '@konui/protocol';
import { type FakePushService, type FakeSubscription, startFakePushService } from '@konui/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { useWholePath } from '../test-support/use-whole-path.ts';
import { WsClient } from '../test-support/ws-client.ts';

const own = useWholePath(['--port', '0', '--push-allow-private', 'true']);
let service: FakePushService;
beforeEach(async () => {
  service = await startFakePushService();
});
afterEach(() => service.close());

async function subscribe(): Promise<FakeSubscription> {
  const { json } = await own.call('GET', '/api/push/key');
  const subscription = service.subscribe(String(json['publicKey']));
  const body = JSON.stringify(subscription.json);
  expect((await own.call('PUT', '/api/push/subscriptions', body)).status).toBe(204);
  return subscription;
}

/** A session with the demo agent, and a socket that is subscribed to it. */
async function createSession(): Promise<{ sessionId: SessionId; client: WsClient }> {
  const sessionId = await own.createSession();
  const { url } = await own.gateway.record();
  const client = own.closing(new WsClient(`${url.replace('http', 'ws')}/ws?token=${own.gateway.token()}`));
  await client.opened();
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
  return { sessionId, client };
}

const prompt = (client: WsClient, sessionId: SessionId, content: string): void =>
  client.send({ type: 'chat.send', sessionId, clientMessageId: newId(PromptId), content });
const tokenOf = (message: object, action: string): unknown => {
  const actions: { action: string; token: string }[] =
    'actions' in message ? JSON.parse(JSON.stringify(message.actions)) : [];
  return actions.find((each) => each.action === action)?.token;
};
const approve = async (token: unknown): Promise<Response> => {
  const { url } = await own.gateway.record();
  return fetch(`${url}/api/approvals`, { method: 'POST', body: JSON.stringify({ token }) });
};

it('[PUSH5] a permission is pushed, allowed by its token alone, and the run goes on', async () => {
  const device = await subscribe();
  const { sessionId, client } = await createSession();
  prompt(client, sessionId, '/run echo hello');
  const message = await device.until(({ type }) => type === 'permission');
  expect(message).toMatchObject({ sessionId, body: expect.stringContaining('echo hello') });
  expect((await approve(tokenOf(message, 'allow'))).status).toBe(202);
  expect(await client.frame('permission_resolved')).toMatchObject({
    optionKind: 'allow_once',
    by: { type: 'person', device: 'notification' },
  });
  expect(await client.frame('complete')).toMatchObject({ success: true });
  expect(await device.until(({ type }) => type === 'cleared')).toMatchObject({ tag: message.tag });
  expect((await approve(tokenOf(message, 'deny'))).status).toBe(409);
  expect(service.problems).toEqual([]);
});

it('[PUSH4] what may destroy something is pushed without buttons; an answer elsewhere takes it back', async () => {
  const device = await subscribe();
  const { sessionId, client } = await createSession();
  prompt(client, sessionId, '/run rm -rf ./nothing-here');
  const message = await device.until(({ type }) => type === 'permission');
  expect(message).toMatchObject({ isDestructive: 'deletes' });
  expect(message).not.toHaveProperty('actions');
  client.send({ type: 'chat.permission-response', sessionId, requestId: message['requestId'], allow: false });
  await device.until(({ type }) => type === 'cleared');
});

it('[PUSH6] a gateway that was killed tells nothing twice, and takes the approval that it had given out', async () => {
  const device = await subscribe();
  const { sessionId, client } = await createSession();
  prompt(client, sessionId, '/run echo hello');
  const message = await device.until(({ type }) => type === 'permission');
  await own.gateway.end('SIGKILL');
  await own.startGateway();
  expect((await own.call('POST', '/api/push/test')).json).toEqual({ sent: 1, failed: 0 });
  const other = await createSession();
  prompt(other.client, other.sessionId, '/run echo other');
  await device.until((pushed) => pushed.type === 'permission' && pushed['sessionId'] === other.sessionId);
  expect(device.messages.filter((pushed) => pushed['sessionId'] === sessionId)).toEqual([message]);
  expect((await approve(tokenOf(message, 'allow'))).status).toBe(202);
  await device.until((pushed) => pushed.type === 'cleared' && pushed['sessionId'] === sessionId);
});
