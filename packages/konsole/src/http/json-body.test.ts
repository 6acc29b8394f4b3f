import { Readable } from 'node:stream';
import { LIMITS } from '@konui/protocol';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseJsonBody } from './json-body.ts';

const body = (...texts: string[]) => Readable.from(texts.map((text) => Buffer.from(text)));
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
  await expect(parseJsonBody(body(nested(LIMITS.maxJsonDepth + 1)), z.unknown())).rejects.toMatchObject({
    code: 'INVALID_MESSAGE',
  });
});

it('survives a body that is nested a million levels deep', async () => {
  await expect(parseJsonBody(body(nested(1_000_000)), z.unknown())).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
});

it('puts characters together that arrive in pieces', async () => {
  const [first, second] = [Buffer.from('"é"').subarray(0, 2), Buffer.from('"é"').subarray(2)];
  expect(await parseJsonBody(Readable.from([first, second]), z.string())).toBe('é');
});

it('reads on to the end of a body that is too large, and keeps none of it', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024);
  const large = Readable.from(Array.from({ length: 40 }, () => mebibyte));
  await expect(parseJsonBody(large, z.unknown())).rejects.toMatchObject({ code: 'FRAME_TOO_LARGE' });
  expect(large.readableEnded).toBe(true);
});

it('says INVALID_JSON when the sender goes away in the middle', async () => {
  const broken = new Readable({
    read() {
      this.destroy(new Error('aborted'));
    },
  });
  await expect(parseJsonBody(broken, z.unknown())).rejects.toMatchObject({ code: 'INVALID_JSON' });
});
