import type { SessionId } from '@konui/protocol';
import type { EventsPage } from '../host.ts';

const LF = 0x0a;
const COMMA = 0x2c;

/** A page of history as JSON. The log lines are spliced in byte for byte: nothing is parsed. */
export function toEventsAnswer(
  sessionId: SessionId,
  { lines, epoch, lastSeq, hasMore }: EventsPage,
): Uint8Array<ArrayBuffer> {
  const head = JSON.stringify({ sessionId, epoch, lastSeq, more: hasMore });
  const start = `${head.slice(0, -1)},"events":[`;
  const answer = new Uint8Array(Buffer.byteLength(start) + Math.max(lines.length - 1, 0) + 2);
  const target = Buffer.from(answer.buffer);
  let offset = target.write(start);
  const firstLine = offset;
  // JSON has no LF inside a line, so every LF but the last one separates two events.
  offset += lines.copy(target, offset, 0, Math.max(lines.length - 1, 0));
  for (
    let index = target.indexOf(LF, firstLine);
    index !== -1 && index < offset;
    index = target.indexOf(LF, index + 1)
  ) {
    target[index] = COMMA;
  }
  target.write(']}', offset);
  return answer;
}
