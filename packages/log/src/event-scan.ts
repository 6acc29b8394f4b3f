import { isUtf8 } from 'node:buffer';
import fs from 'node:fs';
import { NEWLINE, parseSeq } from './event-line.ts';
import { errnoOf } from './storage-error.ts';

/**
 * Longest line that is read or written, in bytes; it bounds the memory that a damaged file without newlines can cost.
 */
export const MAX_LINE_BYTES = 256 * 1024 * 1024;

/** Some whole lines of a log, parsed. */
export interface EventBatch {
  events: object[];
  /** Where the last of them ends, in bytes; the next batch begins there. */
  endOffset: number;
  /** Seq of the last of them, or of the one before. */
  lastSeq: number;
}

/** The events of a log up to the first line that does not parse, does not follow the one before, or is not whole. */
export function* iterateEvents(path: string): Generator<unknown, void, undefined> {
  let fd: number;
  try {
    fd = fs.openSync(path, 'r');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return;
    throw error;
  }
  try {
    for (const batch of readBatches(fd)) yield* batch.events;
  } finally {
    fs.closeSync(fd);
  }
}

/** The same in batches: a generator's step per event would cost as much as its parsing. */
export function* readBatches(fd: number): Generator<EventBatch, void, undefined> {
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let filled = 0;
  let offset = 0;
  let lastSeq = 0;
  for (;;) {
    const read = fs.readSync(fd, buffer, filled, buffer.length - filled, offset + filled);
    if (read === 0) return;
    filled += read;
    const whole = buffer.subarray(0, filled).lastIndexOf(NEWLINE) + 1;
    if (whole === 0) {
      if (filled < buffer.length) continue;
      if (buffer.length >= MAX_LINE_BYTES) return;
      buffer = Buffer.concat([buffer], Math.min(buffer.length * 2, MAX_LINE_BYTES));
      continue;
    }
    const { events, end } = parseLines(buffer.subarray(0, whole), lastSeq);
    lastSeq += events.length;
    yield { events, endOffset: offset + end, lastSeq };
    if (end < whole) return;
    buffer.copyWithin(0, whole, filled);
    filled -= whole;
    offset += whole;
  }
}

function parseLines(bytes: Buffer, lastSeq: number): { events: object[]; end: number } {
  // Decoding would replace invalid UTF-8 silently, but the bytes are served as they are, and a browser closes a socket
  // over them. A carriage return between two tokens is valid JSON and would end a field of a server-sent event.
  const isClean = isUtf8(bytes) && !bytes.includes(CARRIAGE_RETURN);
  const events: object[] = [];
  let start = 0;
  while (start < bytes.length) {
    const end = bytes.indexOf(NEWLINE, start);
    if (parseSeq(bytes, start) !== lastSeq + events.length + 1) break;
    const line = bytes.subarray(start, end);
    if (!isClean && (!isUtf8(line) || line.includes(CARRIAGE_RETURN))) break;
    const event = parseObject(line);
    if (event === undefined) break;
    events.push(event);
    start = end + 1;
  }
  return { events, end: start };
}

/** The object that a line holds; undefined if it is anything else. */
export function parseObject(line: Buffer): object | undefined {
  try {
    const value: unknown = JSON.parse(line.toString());
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const CHUNK_BYTES = 1024 * 1024;
const CARRIAGE_RETURN = 0x0d;
