import { expect, it } from 'vitest';
import { encodeEvents } from './encode-events.ts';

it('[HOST4] writes each line as an event with its own bytes and the epoch it is of', () => {
  const lines = ['{"seq":4,"text":"é"}', '{"seq":5,"text":"😀"}', '{"seq":6}'];
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  const epochs = [
    { epoch: 'first', fromSeq: 1 },
    { epoch: 'second', fromSeq: 6 },
  ];
  const text = encodeEvents({ bytes, count: 3, firstSeq: 4, lastSeq: 6 }, epochs).toString();
  expect(text).toBe(
    `id: first:4\ndata: ${lines[0]}\n\nid: first:5\ndata: ${lines[1]}\n\nid: second:6\ndata: ${lines[2]}\n\n`,
  );
});

it('has room for the longest epoch and seq', () => {
  const epoch = 'e'.repeat(64);
  const seq = Number.MAX_SAFE_INTEGER;
  const page = { bytes: Buffer.from('{}\n'), count: 1, firstSeq: seq, lastSeq: seq };
  expect(encodeEvents(page, [{ epoch, fromSeq: 1 }]).toString()).toBe(`id: ${epoch}:${seq}\ndata: {}\n\n`);
});
