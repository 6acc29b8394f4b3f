import { LIMITS } from '@konui/protocol';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseJsonBody } from './json-body.ts';

const body = (text: string) => ({ text: async () => text });
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

it('parses what the schema wants', async () => {
  expect(await parseJsonBody(body('{"a":1}'), z.object({ a: z.int() }))).toEqual({ a: 1 });
});

it('[HOST2] says INVALID_JSON without quoting the body', async () => {
  const failure = parseJsonBody(body('secret'), z.unknown());
  await expect(failure).rejects.toMatchObject({ code: 'INVALID_JSON', message: expect.not.stringContaining('secret') });
});

it('accepts the deepest body that is allowed and refuses one level more', async () => {
  await expect(parseJsonBody(body(nested(LIMITS.maxJsonDepth)), z.unknown())).resolves.toBeDefined();
  await expect(parseJsonBody(body(nested(LIMITS.maxJsonDepth + 1)), z.unknown())).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
});

it('survives a body that is nested a million levels deep', async () => {
  await expect(parseJsonBody(body(nested(1_000_000)), z.unknown())).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
});
