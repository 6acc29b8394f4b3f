import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type SseEvent, SseParser } from './sse-parser.ts';

const parse = (...chunks: Buffer[]) => {
  const parser = new SseParser();
  return chunks
    .flatMap((chunk) => parser.push(chunk))
    .map(({ event, id, data }: SseEvent) => ({ event, id, data: data.toString() }));
};

it('reads events whatever the splits of the stream', () => {
  const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replace(/[\r\n]/g, ''));
  const event = fc.record({
    event: fc.constantFrom('opened', 'message'),
    id: fc.stringMatching(/^[a-z0-9]{1,8}:\d{1,4}$/),
    data: fc.array(line, { minLength: 1, maxLength: 3 }),
  });
  fc.assert(
    fc.property(fc.array(event), fc.array(fc.nat()), fc.constantFrom('\n', '\r\n'), (events, cuts, end) => {
      const text = events
        .map(({ event: name, id, data }) =>
          [': comment', `event: ${name}`, `id:${id}`, ...data.map((part) => `data: ${part}`), '', ''].join(end),
        )
        .join('');
      const bytes = Buffer.from(text);
      const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((one, other) => one - other);
      const pieces = edges.slice(1).map((edge, index) => bytes.subarray(edges[index], edge));
      expect(parse(...pieces)).toEqual(
        events.map(({ event: name, id, data }) => ({ event: name, id, data: data.join('\n') })),
      );
    }),
  );
});

it('keeps the last id, and leaves out events without data, unknown fields and heartbeats', () => {
  expect(parse(Buffer.from('id: a:1\ndata: x\n\n: \n\nevent: empty\n\nretry: 5\nfoo\ndata:y\n\n'))).toEqual([
    { event: 'message', id: 'a:1', data: 'x' },
    { event: 'message', id: 'a:1', data: 'y' },
  ]);
});

it('refuses an event that never ends', () => {
  const parser = new SseParser();
  const chunk = Buffer.alloc(16 * 1024 * 1024, 'x');
  expect(() => {
    for (let count = 0; count < 5; count += 1) parser.push(chunk);
  }).toThrow(RangeError);
});
