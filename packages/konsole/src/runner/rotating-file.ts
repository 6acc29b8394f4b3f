import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

/** A text file (mode 0600) that is renamed to `<path>.1` and begun anew when it has grown to `maxBytes`. */
export interface RotatingFile {
  write(text: string): void;
  close(): void;
}

export function openRotatingFile(path: string, maxBytes: number): RotatingFile {
  let fd = openSync(path, 'a', 0o600);
  let size = fstatSync(fd).size;
  return {
    write(text) {
      if (size >= maxBytes) {
        closeSync(fd);
        renameSync(path, `${path}.1`);
        fd = openSync(path, 'a', 0o600);
        size = 0;
      }
      try {
        size += writeSync(fd, text);
      } catch (error) {
        // What is said about the work must not stop the work: on a full disk the log needs the room.
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      }
    },
    close: () => closeSync(fd),
  };
}
