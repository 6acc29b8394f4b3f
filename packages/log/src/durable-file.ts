import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { errnoOf } from './storage-error.ts';

// The user's alone: a log holds source code, and what a program printed may hold secrets.
export const FILE_MODE = 0o600;

/** Makes the names in a folder durable: an fsync of a file does not cover its entry in the folder. */
export function syncFolder(folder: string): void {
  const fd = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(fd);
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * Opens for reading and writing, creating the file (mode 0600, folder synced) if it is missing; the folder must exist.
 */
export function openOrCreate(file: string): { fd: number; isNew: boolean } {
  try {
    return { fd: fs.openSync(file, 'r+'), isNew: false };
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
  }
  const fd = fs.openSync(file, 'wx+', FILE_MODE);
  syncFolder(path.dirname(file));
  return { fd, isNew: true };
}

/** Replaces a file in one step (mode 0600): a reader and a crash see the old content or the new, never a mixture. */
export function writeFileAtomically(file: string, content: string | Uint8Array): void {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    fs.writeFileSync(draft, content, { mode: FILE_MODE, flag: 'wx', flush: true });
    fs.renameSync(draft, file);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
  syncFolder(path.dirname(file));
}
