import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { FILE_MODE } from './durable-file.ts';
import { toStorageError } from './storage-error.ts';

/**
 * Space that is held while there is plenty and given back when the disk is full, so that a last few events still fit.
 */
export interface Reserve {
  /** Takes the space; false when there is not enough of it. */
  take(): boolean;
  free(): void;
}

/** `bytes` 0 reserves nothing. Opens no file until `take`. */
export function createReserve(path: string, bytes: number): Reserve {
  return {
    take() {
      if (bytes === 0) return true;
      if (fs.statSync(path, { throwIfNoEntry: false })?.size === bytes) return true;
      try {
        // Random, because a file system that compresses would store zeros in no space at all.
        fs.writeFileSync(path, randomBytes(bytes), { mode: FILE_MODE });
        return true;
      } catch (error) {
        fs.rmSync(path, { force: true });
        // Where no such file may be made at all there is nothing to wait for either.
        return toStorageError(error, `reserving ${path}`).code !== 'STORAGE_FULL';
      }
    },
    free() {
      fs.rmSync(path, { force: true });
    },
  };
}
