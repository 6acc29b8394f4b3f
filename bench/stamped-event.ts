import type { EventBody } from '@konui/log';
import { SessionId } from '@konui/protocol';

export const BENCH_SESSION = SessionId.parse('6c2b1f0e-6d4f-4b57-9a44-2f5d1b7f8a10');
const PADDING = 'the quick brown fox jumps over the lazy dog while the build is running '.repeat(2).slice(0, 100);

/** An agent's update, about 300 bytes as a line, that carries the time at which it was made. */
export function createStampedBody(): EventBody {
  const text = `@${process.hrtime.bigint() / 1000n}@ ${PADDING}`;
  return { kind: 'bench_event', content: { type: 'text', text } };
}
