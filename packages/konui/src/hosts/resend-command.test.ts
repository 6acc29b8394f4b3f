import { CommandId, newId, PromptId, RequestId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

/** A gateway whose host does not answer commands until it is released. */
async function open(options: { resendForMs?: number } = {}) {
  const gateway = await start(options);
  const { host, fetch } = gateway;
  const sessionId = gateway.newSession();
  host.projects.set(sessionId, '/src/shop');
  const gate = Promise.withResolvers<void>();
  host.gate = gate.promise;
  const taken = (count: number): Promise<void> => expect.poll(() => host.commands.length).toBe(count);
  const post = async (path: string, body: object) => {
    const answer = await fetch(path, { method: 'POST', body: JSON.stringify(body) });
    return { status: answer.status, json: await answer.json() };
  };
  return { ...gateway, sessionId, release: gate.resolve, taken, post };
}

it('[GW13] [CON7] sends a command again under the same id when the host is back, and then says accepted', async () => {
  const { host, sessionId, connectConsole, release, taken } = await open();
  const client = await connectConsole(`session=${sessionId}`);
  const id = newId(PromptId);
  client.send({ type: 'prompt', text: 'once', id });
  await taken(1);
  await host.die();
  release();
  await host.start();
  expect(await client.message('accepted')).toEqual({ type: 'accepted', id });
  expect(host.commands.map(({ body }) => body['commandId'])).toEqual([id, id]);
  expect(client.all('error').filter((error) => error.id === id)).toEqual([]);
});

it('[GW13] [CON7] [INJ1] says that a command may have been taken where the host stays away, on every way in', async () => {
  const { host, sessionId, connect, connectConsole, release, taken, post } = await open({ resendForMs: 300 });
  const [chat, console] = [await connect(), await connectConsole(`session=${sessionId}`)];
  const [id, commandId, requestId] = [newId(PromptId), newId(CommandId), newId(RequestId)];
  const kontask = {
    title: 'Choose',
    sessionId,
    context: { choices: [{ label: 'Yes', value: 'go on' }] },
  };
  const { json } = await post('/api/kontasks', kontask);
  console.send({ type: 'permission', requestId, allow: true });
  console.send({ type: 'prompt', text: 'a', id });
  chat.send({ type: 'chat.send', sessionId, clientMessageId: commandId, content: 'a' });
  const injected = post('/api/console/inject', { sessionId, text: 'a', idempotencyKey: 'one' });
  const chosen = post(`/api/kontasks/${json.kontask.id}/choices/0`, { promptId: newId(PromptId) });
  await taken(5);
  await host.die();
  release();
  const unknown = { code: 'HOST_UNREACHABLE', retryable: true };
  const words = expect.stringContaining('it may have been taken; sent again under the same id');
  expect(await console.message('error', (error) => error.id === id)).toMatchObject({ ...unknown, error: words });
  expect(await console.message('error', (error) => error.requestId === requestId)).toMatchObject({
    ...unknown,
    error: words,
  });
  const refused = await chat.frame('protocol_error');
  expect(refused).toMatchObject({ ...unknown, commandId, error: words });
  for (const answer of [await injected, await chosen]) {
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'HOST_UNREACHABLE', message: words } } });
  }
});

it('[GW13] says at once that nothing was taken where the host was away before', async () => {
  const { host, sessionId, connectConsole } = await open();
  const client = await connectConsole(`session=${sessionId}`);
  await client.message('status');
  await host.die();
  const id = newId(PromptId);
  client.send({ type: 'prompt', text: 'a', id });
  const { error } = await client.message('error', (each) => each.id === id);
  expect(error).not.toContain('may have been taken');
  expect(host.commands).toEqual([]);
});
