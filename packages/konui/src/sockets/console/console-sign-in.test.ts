import { newId, PromptId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { ask } from '../../test-support/ask.ts';
import { ConsoleClient } from '../../test-support/console-client.ts';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const start = useTestGateways();

async function open() {
  const gateway = await start();
  const { port, newSession } = gateway;
  const sessionId = newSession();
  const path = `/api/console/ws?session=${sessionId}`;
  const connect = (query: string, headers: Record<string, string> = {}): Promise<ConsoleClient> =>
    new ConsoleClient(`ws://127.0.0.1:${port}${path}&${query}`, { headers }).opened();
  const upgradeStatus = async (query: string, headers: Record<string, string> = {}): Promise<number> => {
    const upgrade = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
    const key = { 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
    return (await ask(port, `${path}&${query}`, { ...upgrade, ...key, ...headers })).status;
  };
  const infoStatus = async (token: string): Promise<number> =>
    (await ask(port, `/api/console/ws/info?token=${token}`)).status;
  return { ...gateway, sessionId, connect, upgradeStatus, infoStatus };
}

it('[ACC1] A13: takes a token by query or header, or a ticket, which opens one socket', async () => {
  const { token, connect, upgradeStatus, fetch, host } = await open();
  const newTicket = async (): Promise<string> =>
    (await (await fetch('/api/tickets', { method: 'POST' })).json()).ticket;
  const ticket = await newTicket();
  const clients = [
    await connect(`token=${token}`),
    await connect('', { authorization: `Bearer ${token}` }),
    await connect(`ticket=${ticket}`),
  ];
  for (const client of clients) {
    client.send({ type: 'prompt', text: 'hello', id: newId(PromptId) });
    expect(await client.message('session')).toBeDefined();
  }
  await expect.poll(() => host.commands.length).toBe(3);
  const senders = host.commands.map(({ body }) => JSON.parse(JSON.stringify(body['by'])).tokenId);
  expect(new Set(senders).size).toBe(1);
  expect(await upgradeStatus(`ticket=${ticket}`)).toBe(401);
  expect(await upgradeStatus('')).toBe(401);
  expect(await upgradeStatus('', { cookie: `token=${token}` })).toBe(401);
  expect(await upgradeStatus('', { authorization: `Bearer ${token}` })).toBe(101);
});

it('A6: a refusal is 401 at the upgrade and at the info endpoint alike, so that it is told from a dead server', async () => {
  const { token, gateway, connect, upgradeStatus, infoStatus } = await open();
  expect([await upgradeStatus(`token=${token}`), await infoStatus(token)]).toEqual([101, 200]);
  expect([await upgradeStatus('token=wrong'), await infoStatus('wrong')]).toEqual([401, 401]);
  const created = gateway.tokens.create('script');
  const client = await connect(`token=${created.token}`);
  gateway.tokens.revoke(created.id);
  expect((await client.untilClosed()).code).toBe(4401);
  expect([await upgradeStatus(`token=${created.token}`), await infoStatus(created.token)]).toEqual([401, 401]);
});

it('[ACC10] A6: closes the console of a token that expires with 4401, after an error that says so', async () => {
  const { gateway, connect, upgradeStatus } = await open();
  const { token } = gateway.tokens.create('guest', { expiresAt: new Date(Date.now() + 500).toISOString() });
  const client = await connect(`token=${token}`);
  expect((await client.untilClosed()).code).toBe(4401);
  expect(client.all('error')).toMatchObject([{ code: 'UNAUTHORIZED' }]);
  expect(await upgradeStatus(`token=${token}`)).toBe(401);
});

it('[CON12] a token that may inject alone hears no error, that commands are taken, and nothing of the session', async () => {
  const { gateway, host, sessionId, connect, connectConsole } = await open();
  const access = { rights: new Set(['inject'] as const), bounds: undefined };
  const client = await connect(`token=${gateway.tokens.create('ci', { access }).token}`);
  expect(client.messages).toEqual([{ type: 'pong' }]);
  client.send({ type: 'inject', text: 'a', idempotencyKey: 'one' });
  expect(await client.message('accepted')).toMatchObject({ idempotencyKey: 'one' });
  expect(host.commands).toMatchObject([{ name: 'prompt', sessionId }]);
  client.send({ type: 'prompt', text: 'a' });
  expect(await client.message('error')).toMatchObject({ code: 'FORBIDDEN' });
  expect(client.outline).toEqual(['pong', 'accepted', 'error FORBIDDEN']);
  const gone = await connectConsole(`session=${newId(SessionId)}`, {
    as: gateway.tokens.create('other', { access }).token,
  });
  expect(gone.messages).toMatchObject([{ type: 'error', code: 'SESSION_NOT_FOUND' }]);
});
