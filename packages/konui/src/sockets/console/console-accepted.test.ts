import { newId, PromptId, RequestId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const start = useTestGateways();

it('[CON7] says of an inject that it is accepted, by its key and its prompt’s id; the same key comes to the same', async () => {
  const { newSession, connectConsole } = await start();
  const client = await connectConsole(`session=${newSession()}`);
  await client.message('status');
  const inject = { type: 'inject', text: 'look', idempotencyKey: 'one' };
  client.send(inject);
  const { id } = await client.message('accepted');
  client.send(inject);
  client.send({ type: 'inject', text: 'look again' });
  await client.until(() => client.all('accepted').length === 3, 'all three');
  const [first, second, third] = client.all('accepted');
  expect(first).toEqual({ type: 'accepted', id, idempotencyKey: 'one' });
  expect(second).toEqual(first);
  expect(third).toEqual({ type: 'accepted', id: expect.any(String) });
  expect(third?.id).not.toBe(id);
});

it('[CON7] says of every command that it stands in the inbox, also of a prompt that stood there before', async () => {
  const { newSession, connectConsole } = await start();
  const sessionId = newSession();
  const [id, requestId] = [newId(PromptId), newId(RequestId)];
  for (const _ of ['first', 'again']) {
    const client = await connectConsole(`session=${sessionId}`);
    await client.message('status');
    client.send({ type: 'prompt', text: 'look', id });
    expect(await client.message('accepted')).toEqual({ type: 'accepted', id });
  }
  const client = await connectConsole(`session=${sessionId}`);
  client.send({ type: 'permission', requestId, allow: true });
  expect(await client.message('accepted')).toEqual({ type: 'accepted', requestId });
  client.send({ type: 'cancel' });
  await client.until(() => client.all('accepted').length === 2, 'the stop');
  expect(client.all('accepted').at(-1)).toEqual({ type: 'accepted' });
});
