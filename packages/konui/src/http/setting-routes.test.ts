import { expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

it('[SET1] keeps a value under each name that there is', async () => {
  const { fetch } = await start();
  const get = async (name: string): Promise<unknown> => (await fetch(`/api/settings/${name}`)).json();
  const put = async (name: string, value: unknown): Promise<number> =>
    (await fetch(`/api/settings/${name}`, { method: 'PUT', body: JSON.stringify({ value }) })).status;
  expect(await get('appearance')).toEqual({ value: null });
  const value = { theme: 'dark', list: [1, null, 'é'] };
  expect(await put('appearance', value)).toBe(204);
  expect(await put('keyboard', false)).toBe(204);
  expect([await get('appearance'), await get('keyboard')]).toEqual([{ value }, { value: false }]);
  expect(await put('appearance', 'x'.repeat(64 * 1024))).toBe(413);
  expect(await put('appearance', undefined)).toBe(400);
  expect(await put('toString', {})).toBe(404);
  expect(await get('appearance')).toEqual({ value });
});
