import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';

it('reads whatever JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5 }), (text) => {
      expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
    }),
  );
});

it('counts depth, and not the brackets inside strings', () => {
  expect(parseJson(Buffer.from(JSON.stringify(['[[[[\\"[[', { '{{{': '\\\\' }])), 2)).toBeDefined();
  expect(parseJson(Buffer.from('[[1],[2],[3]]'), 2)).toBeDefined();
  expect(() => parseJson(Buffer.from('[[[1]]]'), 2)).toThrow(expect.objectContaining({ code: 'INVALID_MESSAGE' }));
});

it('calls what is no JSON INVALID_JSON', () => {
  for (const text of ['', '{', '"', '"\\', 'undefined', '{"a":1,}']) {
    expect(() => parseJson(Buffer.from(text))).toThrow(expect.objectContaining({ code: 'INVALID_JSON' }));
  }
});
