import { expect, it } from 'vitest';
import { ConsoleClient } from '../../test-support/console-client.ts';
import { useWholePath } from '../../test-support/use-whole-path.ts';

const own = useWholePath();

async function connect(query: string): Promise<ConsoleClient> {
  const { url } = await own.gateway.record();
  const address = `${url.replace('http', 'ws')}/api/console/ws?token=${own.gateway.token()}`;
  return own.closing(new ConsoleClient(`${address}&${query}`)).opened();
}

const textOf = (client: ConsoleClient): string =>
  client
    .all('output')
    .map(({ content }) => content)
    .join('');

it('[CON9] [CON10] A5: the agent’s picture comes as bytes, and reaches the agent again as an image of a prompt', async () => {
  const client = await connect(`session=${await own.createSession()}&images=binary`);
  await client.message('status');
  client.send({ type: 'prompt', text: '/picture' });
  await client.message('complete', ({ success }) => success);
  const shown = [...client.all('output'), ...client.all('tool_call')].flatMap(({ images = [] }) => images);
  expect(shown).toMatchObject([
    { mimeType: 'image/png', follows: true },
    { mimeType: 'image/png', follows: true },
  ]);
  const [inText, inCall] = client.binaries;
  expect([inText?.bytes.length, inCall?.bytes.length]).toEqual(shown.map(({ byteLength }) => byteLength));

  const picture = inText?.bytes ?? Buffer.alloc(0);
  client.send(picture);
  const { attachment } = await client.message('image_stored');
  expect(attachment).toBe(shown[0]?.attachment);
  const inline = { mimeType: 'image/png', data: picture.toString('base64') };
  client.send({ type: 'prompt', text: '/stream 1', images: [inline, { attachment }] });
  await client.until(() => client.all('complete').length === 2, 'the second run');
  expect(textOf(client).split(`I got an image (image/png) of ${picture.length} bytes.`)).toHaveLength(4);
  expect(client.all('error')).toEqual([]);
});

it('[CON2] [CON11] two sockets that connect at once to an empty home have one session, which is made for them', async () => {
  const query = `agent=demo&project=${encodeURIComponent(own.home)}`;
  const clients = await Promise.all([connect(query), connect(query), connect(query)]);
  const sessions = await Promise.all(clients.map((client) => client.message('session')));
  expect(new Set(sessions.map(({ sessionId }) => sessionId)).size).toBe(1);
  const { json } = await own.call('GET', '/api/providers/sessions');
  expect(json['sessions']).toMatchObject([
    { sessionId: sessions[0]?.sessionId, provider: 'demo', projectPath: own.home },
  ]);
  clients[0]?.send({ type: 'prompt', text: '/stream 3' });
  for (const client of clients) await client.message('complete', ({ success }) => success);
});

it.each([
  ['an agent that is not known', 'agent=nobody', 'UNSUPPORTED_PROVIDER'],
  ['a project that is no folder', 'agent=demo&project=/src/nowhere', 'PROJECT_NOT_FOUND'],
  ['a query that makes no sense', 'session=7', 'INVALID_MESSAGE'],
])('[CON2] says of %s what is wrong, makes nothing, and answers commands with the same', async (_name, query, code) => {
  const client = await connect(query);
  expect(await client.message('error')).toMatchObject({ code });
  client.send({ type: 'prompt', text: 'x' });
  client.send({ type: 'permission', requestId: 'no-request', allow: true });
  client.send({ type: 'cancel' });
  await client.until(() => client.all('error').length === 4, 'an error for each');
  expect(
    client
      .all('error')
      .map((error) => error.code)
      .toSorted(),
  ).toEqual([code, code, code, 'INVALID_MESSAGE'].toSorted());
  expect((await own.call('GET', '/api/providers/sessions')).json['sessions']).toEqual([]);
});

it('[CON2] [CON7] says of a session that is deleted that it is gone, before and after', async () => {
  const sessionId = await own.createSession();
  const before = await connect(`session=${sessionId}`);
  await before.message('status');
  expect((await own.call('DELETE', `/api/providers/sessions/${sessionId}`)).status).toBe(200);
  expect(await before.message('error')).toMatchObject({ code: 'SESSION_GONE', retryable: false });
  const after = await connect(`session=${sessionId}`);
  expect(after.messages).toMatchObject([{ type: 'error', code: 'SESSION_GONE' }]);
  for (const client of [before, after]) {
    const count = client.all('error').length;
    client.send({ type: 'prompt', text: 'x' });
    client.send({ type: 'inject', text: 'x', idempotencyKey: 'key' });
    client.send({ type: 'cancel' });
    await client.until(() => client.all('error').length === count + 3, 'an error for each');
    for (const error of client.all('error').slice(count)) expect(error).toMatchObject({ code: 'SESSION_GONE' });
    client.send({ type: 'ping' });
    await client.message('pong');
  }
});
