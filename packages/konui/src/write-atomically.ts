import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Replaces a file in one step (mode 0600): a reader and a crash see the old content or the new, never a mixture. */
export function writeAtomically(file: string, content: string): void {
  const folder = dirname(file);
  const draft = join(folder, `.${randomUUID()}.tmp`);
  try {
    writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  // An fsync of a file does not cover its name in the folder.
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
