import { NEWLINE, parseSeq } from './event-line.ts';
import type { LogFile } from './log-file.ts';

/** Consecutive events as the bytes of their lines. An empty page after n has `firstSeq` n + 1 and `lastSeq` n. */
export interface Page {
  /** Whole lines, each with its newline; byte for byte what the file holds. */
  bytes: Buffer;
  count: number;
  firstSeq: number;
  lastSeq: number;
  /** There are further events in the direction of reading. */
  more: boolean;
}

/** A page ends at whichever limit comes first; one event is returned alone whatever its size. */
export interface PageLimits {
  /** Default: no limit. */
  maxEvents?: number;
  /** Default: 256 KiB. */
  maxBytes?: number;
}

/**
 * The events from the line at `offset`, whose seq must be `firstSeq`; ends before a line that does not follow the one
 * before.
 */
export function pageFrom(file: LogFile, at: { offset: number; firstSeq: number }, limits: PageLimits): Page {
  const maxEvents = Math.max(1, limits.maxEvents ?? Number.POSITIVE_INFINITY);
  const size = file.size();
  const bytes = readLines(file, { from: at.offset, to: size }, limits.maxBytes ?? DEFAULT_PAGE_BYTES);
  let count = 0;
  let end = 0;
  let isBroken = false;
  while (end < bytes.length && count < maxEvents) {
    isBroken = parseSeq(bytes, end) !== at.firstSeq + count;
    if (isBroken) break;
    end = bytes.indexOf(NEWLINE, end) + 1;
    count++;
  }
  const reached = at.offset + end;
  // A reader at the head has reached the size itself: looking for the last newline would cost it another read per event.
  const more = !isBroken && (end < bytes.length || (reached < size && reached < file.end(size)));
  return { bytes: bytes.subarray(0, end), count, firstSeq: at.firstSeq, lastSeq: at.firstSeq + count - 1, more };
}

/** The events that end at `offset`, where `nextSeq` begins; stops at a line that does not precede the one after. */
export function pageUntil(file: LogFile, at: { offset: number; nextSeq: number }, limits: PageLimits): Page {
  const maxEvents = Math.max(1, limits.maxEvents ?? Number.POSITIVE_INFINITY);
  const bytes = readLinesBack(file, at.offset, limits.maxBytes ?? DEFAULT_PAGE_BYTES);
  let count = 0;
  let start = bytes.length;
  while (start > 0 && count < maxEvents) {
    const lineStart = start < 2 ? 0 : bytes.lastIndexOf(NEWLINE, start - 2) + 1;
    if (parseSeq(bytes, lineStart) !== at.nextSeq - count - 1) break;
    start = lineStart;
    count++;
  }
  const firstSeq = at.nextSeq - count;
  const more = count > 0 && firstSeq > 1;
  return { bytes: bytes.subarray(start), count, firstSeq, lastSeq: at.nextSeq - 1, more };
}

// Whole lines of a range: as many as fit into `maxBytes`, at least one if there is one.
function readLines(file: LogFile, { from, to }: { from: number; to: number }, maxBytes: number): Buffer {
  const bytes = file.read(from, Math.min(to - from, maxBytes));
  const end = bytes.lastIndexOf(NEWLINE) + 1;
  if (end > 0 || from + bytes.length >= to) return bytes.subarray(0, end);
  const newline = file.firstNewline(from + bytes.length, to);
  return newline === -1 ? Buffer.alloc(0) : wholeLines(file.read(from, newline + 1 - from));
}

// Whole lines up to `end`, likewise.
function readLinesBack(file: LogFile, end: number, maxBytes: number): Buffer {
  if (end <= maxBytes) return wholeLines(file.read(0, end));
  // One byte more shows whether a line begins exactly where the limit lies.
  const from = end - maxBytes - 1;
  const bytes = file.read(from, end - from);
  const start = bytes.indexOf(NEWLINE) + 1;
  if (start > 0 && start < bytes.length) return wholeLines(bytes.subarray(start));
  const lineStart = file.lastNewline(end - 1) + 1;
  return wholeLines(file.read(lineStart, end - lineStart));
}

// A file that shrank between two reads must not leave half a line.
function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf(NEWLINE) + 1);
}

export const DEFAULT_PAGE_BYTES = 256 * 1024;
