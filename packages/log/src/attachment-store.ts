import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { syncFolder, writeFileAtomically } from './durable-file.ts';
import { toStorageError } from './storage-error.ts';

/** Content kept under the hash of its bytes, so that the same is stored once and nothing stored ever changes. */
export interface AttachmentStore {
  /** Returns the SHA-256 in lower-case hex; on return the bytes are on the disk. Throws a `StorageError`. */
  put(bytes: Uint8Array): string;
  /** Throws a RangeError for anything but a SHA-256 in lower-case hex, which keeps paths inside the folder. */
  pathOf(sha256: string): string;
  /** False also for what is no hash. */
  has(sha256: string): boolean;
}

/** Creates the folder (mode 0700) at the first `put`. */
export function createAttachmentStore(folder: string): AttachmentStore {
  const pathOf = (sha256: string) => {
    if (!SHA256.test(sha256)) throw new RangeError('an attachment is named by its SHA-256: 64 lower-case hex digits');
    return path.join(folder, sha256);
  };
  return {
    put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const file = pathOf(sha256);
      try {
        if (fs.statSync(file, { throwIfNoEntry: false })?.size === bytes.byteLength) return sha256;
        if (fs.mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) syncFolder(path.dirname(folder));
        writeFileAtomically(file, bytes);
      } catch (error) {
        throw toStorageError(error, `storing attachment ${sha256}`);
      }
      return sha256;
    },
    pathOf,
    has: (sha256) => SHA256.test(sha256) && fs.existsSync(path.join(folder, sha256)),
  };
}

const SHA256 = /^[0-9a-f]{64}$/;
