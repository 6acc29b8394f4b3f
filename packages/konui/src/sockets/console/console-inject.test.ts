import { expect, it } from 'vitest';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const start = useTestGateways();

it('[CON6] says of an inject that it is accepted, by its key and its prompt’s id; the same key comes to the same', async () => {
  const { newSession, connectConsole } = await start();
  const client = await connectConsole(`session=${newSession()}`);
  await client.message('status');
  const inject = { type: 'inject', text: 'look', idempotencyKey: 'one' };
  client.send(inject);
  const { id } = await client.message('injected');
  client.send(inject);
  client.send({ type: 'inject', text: 'look again' });
  await client.until(() => client.all('injected').length === 3, 'all three');
  const [first, second, third] = client.all('injected');
  expect(first).toEqual({ type: 'injected', id, idempotencyKey: 'one' });
  expect(second).toEqual(first);
  expect(third).toEqual({ type: 'injected', id: expect.any(String) });
  expect(third?.id).not.toBe(id);
});
