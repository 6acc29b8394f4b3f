import fs from 'node:fs';
import { MAX_HEAD_BYTES, NEWLINE, parseSeq } from './event-line.ts';
import { errnoOf } from './storage-error.ts';

/**
 * A log as its readers see it: only whole lines, while it grows and while its writer cuts a torn tail. Missing means
 * empty.
 */
export class LogFile {
  readonly #path: string;
  #fd: number | undefined;
  #isClosed = false;

  constructor(path: string) {
    this.#path = path;
  }

  /** In bytes, a torn last line included. */
  size(): number {
    const fd = this.#open();
    return fd === undefined ? 0 : fs.fstatSync(fd).size;
  }

  /** Up to `length` bytes; fewer where the file ends. */
  read(offset: number, length: number): Buffer {
    const fd = this.#open();
    if (fd === undefined || length <= 0) return Buffer.alloc(0);
    const bytes = Buffer.allocUnsafe(length);
    let filled = 0;
    while (filled < length) {
      const read = fs.readSync(fd, bytes, filled, length - filled, offset + filled);
      if (read === 0) break;
      filled += read;
    }
    return bytes.subarray(0, filled);
  }

  /** Where the last whole line ends. */
  end(size = this.size()): number {
    return this.lastNewline(size) + 1;
  }

  /** Offset of the last newline before `offset`, or -1. */
  lastNewline(offset: number): number {
    for (let end = offset, step = FIRST_STEP_BYTES; end > 0; step = Math.min(step * 4, LAST_STEP_BYTES)) {
      const start = Math.max(0, end - step);
      const at = this.read(start, end - start).lastIndexOf(NEWLINE);
      if (at !== -1) return start + at;
      end = start;
    }
    return -1;
  }

  /** Offset of the first newline in [from, to), or -1. */
  firstNewline(from: number, to: number): number {
    for (let start = from, step = FIRST_STEP_BYTES; start < to; step = Math.min(step * 4, LAST_STEP_BYTES)) {
      const bytes = this.read(start, Math.min(step, to - start));
      if (bytes.length === 0) return -1;
      const at = bytes.indexOf(NEWLINE);
      if (at !== -1) return start + at;
      start += bytes.length;
    }
    return -1;
  }

  /** Seq of the line that begins at `offset`, or 0 if no event line does. */
  seqAt(offset: number): number {
    return parseSeq(this.read(offset, MAX_HEAD_BYTES), 0);
  }

  /** Tells whether a whole line ends just before `offset`. */
  isBoundary(offset: number): boolean {
    return offset === 0 || this.read(offset - 1, 1)[0] === NEWLINE;
  }

  close(): void {
    this.#isClosed = true;
    if (this.#fd !== undefined) fs.closeSync(this.#fd);
    this.#fd = undefined;
  }

  #open(): number | undefined {
    if (this.#isClosed) throw new Error(`the reader of ${this.#path} is closed`);
    try {
      this.#fd ??= fs.openSync(this.#path, 'r');
    } catch (error) {
      if (errnoOf(error) !== 'ENOENT') throw error;
    }
    return this.#fd;
  }
}

// Most lines are shorter than the first step; the last one bounds the memory spent on a long line.
const FIRST_STEP_BYTES = 4 * 1024;
const LAST_STEP_BYTES = 256 * 1024;
