import { AccessRight, newId, RequestId, type SessionId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { ROUTE_RIGHTS } from '../http/route-rights.ts';
import { FRAME_RIGHTS } from '../sockets/chat/frames/frame-rights.ts';
import { MESSAGE_RIGHTS } from '../sockets/console/message-rights.ts';
import { StreamClient } from '../test-support/stream-client.ts';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();
type Gateway = Awaited<ReturnType<typeof start>>;

const only = (gateway: Gateway, ...rights: AccessRight[]): string =>
  gateway.gateway.tokens.create(rights.join(' '), { access: { rights: new Set(rights), bounds: undefined } }).token;
const as = (token: string) => ({ authorization: `Bearer ${token}` });

/** All that a browser or script can send, for a session that there is. */
const FRAMES = (sessionId: SessionId): Readonly<Record<keyof typeof FRAME_RIGHTS, object>> => ({
  'chat.send': { sessionId, content: 'hello' },
  'chat.abort': { sessionId },
  'chat.subscribe': { sessions: [{ sessionId }] },
  'chat.unsubscribe': { sessions: [{ sessionId }] },
  'chat.permission-response': { sessionId, requestId: newId(RequestId), allow: true },
  'chat.elicitation-response': { sessionId, requestId: newId(RequestId), action: 'cancel' },
  'chat.queue': { sessionId, change: { action: 'hold' } },
  'chat.prepare': { sessionId },
  'chat.configure': { sessionId, option: { type: 'mode', modeId: 'x' } },
  'client.visibility': { isVisible: true, sessionId },
  ping: {},
});

describe('[ACC6] every route × right', () => {
  it('each route has its right, and each right its route', async () => {
    const { gateway } = await start();
    expect(gateway.routes.filter((route) => !Object.hasOwn(ROUTE_RIGHTS, route))).toEqual([]);
    expect(Object.keys(ROUTE_RIGHTS).filter((route) => !gateway.routes.includes(route))).toEqual([]);
  });

  it.each(AccessRight.options)(
    'a token with the right %s alone passes where it should and nowhere else',
    async (right) => {
      const gateway = await start();
      const token = only(gateway, right);
      const sessionId = gateway.newSession();
      for (const [route, { rights }] of Object.entries(ROUTE_RIGHTS)) {
        if (route === 'GET /api/stream') continue;
        const [method = '', path = ''] = route.split(' ');
        const url = path.replace(/:id|:sessionId/, sessionId).replace(/:\w+/, 'x');
        const body = method === 'GET' ? null : '{}';
        const answer = await gateway.fetch(url, { method, headers: as(token), body });
        const isRefused =
          answer.status === 403 && (await answer.json()).error.message.startsWith('this access token lacks');
        expect({ route, isRefused }).toEqual({ route, isRefused: rights.length > 0 && !rights.includes(right) });
      }
    },
  );
});

describe.each(['WebSocket', 'SSE and POST'])('[ACC7] every frame × right, over %s', (transport) => {
  it.each(AccessRight.options)('a token with the right %s alone', async (right) => {
    const gateway = await start();
    const token = only(gateway, right);
    const client =
      transport === 'WebSocket' ? await gateway.connect(`token=${token}`) : await gateway.connectStream('', token);
    const sessionId = gateway.newSession();
    for (const [type, needed] of Object.entries(FRAME_RIGHTS)) {
      const before = client.frames.length;
      client.send({ type, ...Object.entries(FRAMES(sessionId)).find(([name]) => name === type)?.[1] });
      client.send({ type: 'ping' });
      const since = () => client.frames.slice(before).map(({ json }) => json);
      await client.until(() => since().some(({ kind }) => kind === 'pong'), 'the pong');
      const isRefused = since().some(({ kind, code }) => kind === 'protocol_error' && code === 'FORBIDDEN');
      expect({ type, isRefused }).toEqual({ type, isRefused: needed.length > 0 && !needed.includes(right) });
    }
    const sent = 2 * Object.keys(FRAME_RIGHTS).length;
    if (client instanceof StreamClient) await client.until(() => client.posted.length === sent, 'all answers');
  });
});

it.each(AccessRight.options)('[ACC7] the console socket holds a token with the right %s alone to it', async (right) => {
  const gateway = await start();
  const sessionId = gateway.newSession();
  const client = await gateway.connectConsole(`session=${sessionId}`, { as: only(gateway, right) });
  const messages = {
    prompt: { text: 'hello' },
    inject: { text: 'hello' },
    cancel: {},
    permission: { requestId: newId(RequestId), allow: true },
    ping: {},
  };
  // SPEC CON12.
  const isForCommands = right === 'prompt' || right === 'answer' || right === 'inject';
  expect(client.messages[0]).toMatchObject(
    right === 'read' ? { type: 'session' } : isForCommands ? { type: 'pong' } : { type: 'error', code: 'FORBIDDEN' },
  );
  for (const [type, needed] of Object.entries(MESSAGE_RIGHTS)) {
    const before = client.frames.length;
    client.send({ type, ...Object.entries(messages).find(([name]) => name === type)?.[1] });
    client.send({ type: 'ping' });
    const since = () => client.messages.slice(before);
    await client.until(() => since().some((message) => message.type === 'pong'), 'the pong');
    const isRefused = since().some((message) => message.type === 'error' && message.code === 'FORBIDDEN');
    expect({ type, isRefused }).toEqual({ type, isRefused: needed.length > 0 && !needed.includes(right) });
  }
});
