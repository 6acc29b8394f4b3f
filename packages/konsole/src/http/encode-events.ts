import { toCursorId } from '@konui/protocol';

/** Consecutive log lines. */
export interface EventPage {
  readonly bytes: Buffer;
  readonly count: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export interface Epoch {
  readonly epoch: string;
  readonly fromSeq: number;
}

const NEWLINE = 0x0a;
const END = '\n\n';
/** `id: ` + epoch of up to 64 bytes + `:` + 16 digits + `\ndata: ` + the end. */
const MAX_FRAME_BYTES = 4 + 64 + 1 + 16 + 7 + 2;

/** Log lines as server-sent events, `id: <epoch>:<seq>` and the line's own bytes as `data` (SPEC HOST4), in one buffer. */
export function encodeEvents(page: EventPage, epochs: readonly Epoch[]): Buffer {
  const target = Buffer.allocUnsafe(page.bytes.length + page.count * MAX_FRAME_BYTES);
  let written = 0;
  let start = 0;
  for (let seq = page.firstSeq; seq <= page.lastSeq; seq++) {
    const end = page.bytes.indexOf(NEWLINE, start);
    written += target.write(`id: ${toCursorId({ seq, epoch: epochOf(seq, epochs) })}\ndata: `, written, 'latin1');
    written += page.bytes.copy(target, written, start, end);
    written += target.write(END, written, 'latin1');
    start = end + 1;
  }
  return target.subarray(0, written);
}

/** Looks from the end: nearly every event is of the current epoch. */
function epochOf(seq: number, epochs: readonly Epoch[]): string {
  return (epochs.findLast(({ fromSeq }) => fromSeq <= seq) ?? epochs[0])?.epoch ?? '';
}
