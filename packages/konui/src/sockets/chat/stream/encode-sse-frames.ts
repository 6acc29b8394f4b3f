import type { EncodedFrames } from '../../encode-frames.ts';

const BEFORE = Buffer.from('data: ');
const AFTER = Buffer.from('\n\n');

/** Encodes each payload as one server-sent event (WHATWG HTML, section 9.2). Payloads are JSON: they have no line breaks. */
export function encodeSseFrames(payloads: readonly Buffer[]): EncodedFrames {
  const ends: number[] = [];
  const parts = payloads.flatMap((payload) => [BEFORE, payload, AFTER]);
  let end = 0;
  for (const payload of payloads) {
    end += BEFORE.length + payload.length + AFTER.length;
    ends.push(end);
  }
  return { bytes: Buffer.concat(parts, end), ends };
}
