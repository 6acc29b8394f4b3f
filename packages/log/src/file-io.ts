import fs from 'node:fs';

/**
 * The system calls whose failures decide over data; replaced only to inject faults. Offsets and lengths are in bytes.
 */
export interface FileIo {
  /** May write less than asked; returns how much. */
  write(fd: number, bytes: Uint8Array, position: number): number;
  fdatasync(fd: number): void;
  /** Off the event loop's thread, because a sync may take longer than a frame. */
  fdatasyncLater(fd: number, done: (error: Error | null) => void): void;
  ftruncate(fd: number, length: number): void;
}

export const fileIo: FileIo = {
  write: (fd, bytes, position) => fs.writeSync(fd, bytes, 0, bytes.byteLength, position),
  fdatasync: (fd) => fs.fdatasyncSync(fd),
  fdatasyncLater: (fd, done) => fs.fdatasync(fd, done),
  ftruncate: (fd, length) => fs.ftruncateSync(fd, length),
};
