import type { AppendFile } from './append-file.ts';
import { type EventBody, NEWLINE, toEventLine } from './event-line.ts';
import type { EventLog } from './event-log.ts';
import { MAX_LINE_BYTES } from './event-scan.ts';
import type { Reserve } from './reserve-file.ts';
import { type StorageError, toStorageError } from './storage-error.ts';

/** `storage_full` and `storage_recovered` alternate; `storage_failed` comes once and last. */
export interface StorageTrouble {
  code: 'storage_full' | 'storage_failed' | 'storage_recovered';
  detail: string;
}

export interface EventWriterOptions {
  file: AppendFile;
  reserve: Reserve;
  lastSeq: number;
  epoch: string;
  opened: EventLog['opened'];
  sessionId: string;
  onFlushed?: (lastSeq: number) => void;
  onTrouble?: (trouble: StorageTrouble) => void;
  now?: () => Date;
  retryMs?: number;
  syncMs?: number;
}

/** Appends to a log that is already cut. What was appended leaves the buffer only by being written. */
export class EventWriter implements EventLog {
  readonly epoch: string;
  readonly opened: EventLog['opened'];
  readonly #options: EventWriterOptions;
  readonly #file: AppendFile;
  #lastSeq: number;
  #pending: string[] = [];
  #pendingChars = 0;
  #stamp = { ms: Number.NaN, text: '' };
  #failure: StorageError | undefined;
  #isClosed = false;
  // The last write found no room, so the next attempt is the retry timer's or an explicit flush.
  #isBlocked = false;
  #turn: NodeJS.Immediate | undefined;
  #syncTimer: NodeJS.Timeout | undefined;
  #retryTimer: NodeJS.Timeout | undefined;

  constructor(options: EventWriterOptions) {
    this.#options = options;
    this.#file = options.file;
    this.#lastSeq = options.lastSeq;
    this.epoch = options.epoch;
    this.opened = options.opened;
  }

  get lastSeq(): number {
    return this.#lastSeq;
  }

  get isStuck(): boolean {
    return this.#retryTimer !== undefined;
  }

  append(body: EventBody): { seq: number; at: string; line: string } {
    this.#assertUsable();
    const place = {
      seq: this.#lastSeq + 1,
      sessionId: this.#options.sessionId,
      at: this.#timestamp(this.#options.now?.() ?? new Date()),
    };
    const line = toEventLine(place, body);
    if (line.length * MAX_UTF8_PER_CHAR >= MAX_LINE_BYTES && Buffer.byteLength(line) >= MAX_LINE_BYTES) {
      throw new RangeError(
        `an event of kind ${body.kind} exceeds ${MAX_LINE_BYTES} bytes; store its content as an attachment`,
      );
    }
    this.#lastSeq = place.seq;
    this.#pending.push(line);
    this.#pendingChars += line.length;
    if (!this.#isBlocked) this.#writeSoon();
    return { seq: place.seq, at: place.at, line };
  }

  flush(): void {
    this.#assertUsable();
    this.#write();
    if (this.#failure !== undefined) throw this.#failure;
  }

  sync(): void {
    this.#assertUsable();
    const full = this.#write();
    if (this.#failure !== undefined) throw this.#failure;
    if (full !== undefined) throw full;
    clearTimeout(this.#syncTimer);
    this.#syncTimer = undefined;
    try {
      this.#file.sync();
    } catch (error) {
      throw this.#fail(toStorageError(error, 'syncing the log'));
    }
  }

  close(): void {
    if (this.#isClosed) return;
    try {
      if (this.#failure === undefined) this.sync();
    } finally {
      this.abandon();
    }
  }

  /** Closes without writing what is buffered. */
  abandon(): void {
    this.#isClosed = true;
    this.#stopTimers();
    this.#options.reserve.free();
    this.#file.close();
  }

  // Formatting a time costs more than writing an event does, and in a burst many fall into one millisecond.
  #timestamp(now: Date): string {
    if (this.#stamp.ms !== now.getTime()) this.#stamp = { ms: now.getTime(), text: now.toISOString() };
    return this.#stamp.text;
  }

  #writeSoon(): void {
    if (this.#pendingChars >= MAX_PENDING_CHARS) {
      this.#write();
      return;
    }
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      this.#write();
    });
  }

  // One write for all; returns why something is left over.
  #write(): StorageError | undefined {
    if (this.#pending.length === 0 || this.#failure !== undefined) return this.#failure;
    const lines = Buffer.from(`${this.#pending.join('\n')}\n`);
    const { keptBytes, failure } = this.#file.append(lines);
    this.#isBlocked = failure !== undefined;
    this.#drop(failure === undefined ? this.#pending.length : countLines(lines.subarray(0, keptBytes)));
    return failure === undefined ? undefined : this.#handle(failure);
  }

  #drop(written: number): void {
    if (written === 0) return;
    this.#pending = this.#pending.slice(written);
    this.#pendingChars = this.#pending.reduce((chars, line) => chars + line.length, 0);
    this.#syncTimer ??= setTimeout(() => this.#syncLater(), this.#options.syncMs ?? DEFAULT_SYNC_MS).unref();
    this.#options.onFlushed?.(this.#lastSeq - this.#pending.length);
  }

  #handle(failure: StorageError): StorageError | undefined {
    if (failure.code === 'STORAGE_FAILED') return this.#fail(failure);
    if (this.isStuck || this.#isClosed) return failure;
    this.#retryTimer = setInterval(() => this.#retry(), this.#options.retryMs ?? DEFAULT_RETRY_MS);
    this.#options.onTrouble?.({ code: 'storage_full', detail: failure.message });
    this.#options.reserve.free();
    return this.#write();
  }

  // Writing may succeed for a while on what the reserve gave back, so the disk counts as full until it has room for a
  // reserve again.
  #retry(): void {
    if (this.#write() !== undefined || this.#isClosed || !this.#options.reserve.take()) return;
    clearInterval(this.#retryTimer);
    this.#retryTimer = undefined;
    this.#options.onTrouble?.({
      code: 'storage_recovered',
      detail: 'there is room again, and every event was written',
    });
  }

  #syncLater(): void {
    this.#syncTimer = undefined;
    this.#file.syncLater((failure) => {
      if (failure !== undefined && !this.#isClosed) this.#fail(failure);
    });
  }

  #fail(failure: StorageError): StorageError {
    if (this.#failure !== undefined) return this.#failure;
    this.#failure = failure;
    this.#stopTimers();
    this.#options.onTrouble?.({ code: 'storage_failed', detail: failure.message });
    return failure;
  }

  #stopTimers(): void {
    clearImmediate(this.#turn);
    clearTimeout(this.#syncTimer);
    clearInterval(this.#retryTimer);
    this.#turn = this.#syncTimer = this.#retryTimer = undefined;
  }

  #assertUsable(): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isClosed) throw new Error('the log is closed');
  }
}

function countLines(lines: Buffer): number {
  let count = 0;
  for (let at = lines.indexOf(NEWLINE); at !== -1; at = lines.indexOf(NEWLINE, at + 1)) count++;
  return count;
}

// Bounds what one write holds when a single turn appends a lot.
const MAX_PENDING_CHARS = 1024 * 1024;
const MAX_UTF8_PER_CHAR = 3;
const DEFAULT_RETRY_MS = 1000;
const DEFAULT_SYNC_MS = 1000;
