import fs from 'node:fs';
import { NEWLINE } from './event-line.ts';
import type { FileIo } from './file-io.ts';
import { StorageError, toStorageError } from './storage-error.ts';

export interface AppendResult {
  keptBytes: number;
  failure: StorageError | undefined;
}

/**
 * A file that grows by whole lines. Its end is always that of a whole line, also after a write that failed half-way.
 */
export class AppendFile {
  readonly #fd: number;
  readonly #path: string;
  readonly #io: FileIo;
  #size: number;
  #syncing = 0;
  #isClosed = false;

  constructor(options: { fd: number; path: string; size: number; io: FileIo }) {
    this.#fd = options.fd;
    this.#path = options.path;
    this.#size = options.size;
    this.#io = options.io;
  }

  /**
   * Appends lines in one write. After a short write the whole lines that got in stay, because a reader may have seen
   * them already, and the rest is cut off.
   */
  append(lines: Buffer): AppendResult {
    let written: number;
    try {
      written = this.#io.write(this.#fd, lines, this.#size);
    } catch (error) {
      return { keptBytes: 0, failure: this.#cutBack(toStorageError(error, `writing ${this.#path}`)) };
    }
    if (written === lines.length) {
      this.#size += written;
      return { keptBytes: written, failure: undefined };
    }
    const keptBytes = written === 0 ? 0 : lines.lastIndexOf(NEWLINE, written - 1) + 1;
    this.#size += keptBytes;
    const detail = `writing ${this.#path}: only ${written} of ${lines.length} bytes fitted; free some disk space`;
    return { keptBytes, failure: this.#cutBack(new StorageError('STORAGE_FULL', detail)) };
  }

  /** Returns when all that was appended is on the disk; throws `STORAGE_FAILED`. */
  sync(): void {
    try {
      this.#io.fdatasync(this.#fd);
    } catch (error) {
      throw this.#syncFailure(error);
    }
  }

  /** The same without blocking. */
  syncLater(done: (error: StorageError | undefined) => void): void {
    this.#syncing++;
    this.#io.fdatasyncLater(this.#fd, (error) => {
      this.#syncing--;
      if (this.#isClosed) this.#closeWhenIdle();
      done(error === null ? undefined : this.#syncFailure(error));
    });
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#closeWhenIdle();
  }

  #cutBack(cause: StorageError): StorageError {
    try {
      this.#io.ftruncate(this.#fd, this.#size);
      return cause;
    } catch (error) {
      const detail = `cutting ${this.#path} back to ${this.#size} bytes after "${cause.message}": ${String(error)}`;
      return new StorageError('STORAGE_FAILED', detail, { cause: error });
    }
  }

  // Whatever the errno: the kernel may have dropped the pages and marked them clean, so a later fdatasync would succeed
  // wrongly.
  #syncFailure(error: unknown): StorageError {
    const reason = error instanceof Error ? error.message : String(error);
    return new StorageError('STORAGE_FAILED', `syncing ${this.#path}: ${reason}`, { cause: error });
  }

  // A descriptor closed under a sync in progress could be another file's by the time the sync runs.
  #closeWhenIdle(): void {
    if (this.#syncing === 0) fs.closeSync(this.#fd);
  }
}
