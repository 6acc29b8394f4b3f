import { findLine } from './find-line.ts';
import { LogFile } from './log-file.ts';
import { type Page, pageFrom, type PageLimits, pageUntil } from './page.ts';

/** Reads a log that another process may be writing. A missing file reads as empty. */
export interface LogReader {
  /** Seq of the last whole event; 0 for none. */
  lastSeq(): number;
  /** The events that follow `seq`, ascending; empty also when `seq` lies ahead of the log. */
  readAfter(seq: number, limits?: PageLimits): Page;
  /** The events just below `seq`, ascending. */
  readBefore(seq: number, limits?: PageLimits): Page;
  /** Where the line of `seq` begins, in bytes; the end of the last whole line if there is none. */
  offsetOf(seq: number): number;
  close(): void;
}

/** Opens the file at the first read that finds one. Methods throw what the file system throws. */
export function openLogReader(path: string): LogReader {
  const file = new LogFile(path);
  // A client that pages through the log goes on where its last page ended.
  let next = { seq: 0, offset: 0 };

  const offsetAfter = (seq: number): number => {
    const isKnown = seq === next.seq && file.isBoundary(next.offset) && [0, seq + 1].includes(file.seqAt(next.offset));
    return isKnown ? next.offset : findLine(file, seq + 1);
  };

  return {
    lastSeq: () => lastSeqOf(file),
    readAfter(seq, limits = {}) {
      const cursor = Math.max(0, seq);
      const offset = offsetAfter(cursor);
      const page = pageFrom(file, { offset, firstSeq: cursor + 1 }, limits);
      if (page.count > 0) next = { seq: page.lastSeq, offset: offset + page.bytes.length };
      return page;
    },
    readBefore(seq, limits = {}) {
      const nextSeq = Math.max(1, Math.min(seq, lastSeqOf(file) + 1));
      return pageUntil(file, { offset: findLine(file, nextSeq), nextSeq }, limits);
    },
    offsetOf: (seq) => findLine(file, seq),
    close: () => file.close(),
  };
}

function lastSeqOf(file: LogFile): number {
  const end = file.end();
  const lastSeq = seqBefore(file, end);
  // A damaged tail, not yet cut by the writer.
  return lastSeq === 0 && end > 0 ? seqBefore(file, findLine(file, Number.POSITIVE_INFINITY, end)) : lastSeq;
}

function seqBefore(file: LogFile, lineEnd: number): number {
  return lineEnd === 0 ? 0 : file.seqAt(file.lastNewline(lineEnd - 1) + 1);
}
