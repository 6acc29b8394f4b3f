import { MAX_HEAD_BYTES, NEWLINE, parseSeq } from './event-line.ts';
import type { LogFile } from './log-file.ts';

/**
 * Offset of the first line whose seq is `seq` or more, or the end of the last whole line. A line that is no event
 * counts as lying behind every seq: the writer will cut the log there.
 */
export function findLine(file: LogFile, seq: number, end = file.end()): number {
  if (seq <= 1) return 0;
  // Invariant: lines before `low` are smaller, those from `high` on are not, and no line begins in [limit, high).
  let low = 0;
  let high = end;
  let limit = end;
  while (limit - low > SCAN_BYTES) {
    const middle = low + Math.floor((limit - low) / 2);
    const newline = file.firstNewline(middle - 1, limit - 1);
    if (newline === -1) {
      limit = middle;
    } else if (isBelow(file.seqAt(newline + 1), seq)) {
      low = newline + 1;
    } else {
      high = newline + 1;
      limit = middle;
    }
  }
  const bytes = file.read(low, limit - low + MAX_HEAD_BYTES);
  for (let start = 0; low + start < limit;) {
    if (!isBelow(parseSeq(bytes, start), seq)) return low + start;
    const newline = bytes.indexOf(NEWLINE, start);
    if (newline === -1) break;
    start = newline + 1;
  }
  return high;
}

function isBelow(found: number, seq: number): boolean {
  return found !== 0 && found < seq;
}

// Below this one read and a walk are faster than further halving.
const SCAN_BYTES = 16 * 1024;
