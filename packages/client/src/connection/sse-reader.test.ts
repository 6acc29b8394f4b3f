import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSseReader } from './sse-reader.ts';

const STREAM =
  ':\n\ndata: {"a":1}\n\nevent: close\r\ndata:one\r\ndata: two\r\n\r\nid: 7\n\ndata\n\n: end\ndata: é\u2028\n\n';
const EVENTS = [
  { event: 'message', data: '{"a":1}' },
  { event: 'close', data: 'one\ntwo' },
  { event: 'message', data: '' },
  { event: 'message', data: 'é\u2028' },
];

it('[FB1] reads the same events however the stream is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(STREAM.length)), (cuts) => {
      const read = createSseReader();
      const places = [0, ...cuts.sort((one, other) => one - other), STREAM.length];
      const events = places.flatMap((place, index) => read(STREAM.slice(place, places[index + 1] ?? STREAM.length)));
      expect(events).toEqual(EVENTS);
    }),
  );
});
