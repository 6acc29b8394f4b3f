import fs from 'node:fs';
import path from 'node:path';
import { FILE_MODE, syncFolder } from './durable-file.ts';
import { NEWLINE } from './event-line.ts';
import { readBatches } from './event-scan.ts';
import type { FileIo } from './file-io.ts';
import { StorageError, errnoOf } from './storage-error.ts';

/** Newest format of the log that this version writes and reads. */
export const LOG_FORMAT = 1;

/** What a log holds up to its first line that is not good. */
export interface FoundLog {
  endOffset: number;
  lastSeq: number;
  /** Of the last `log_opened`; undefined when there is none. */
  epoch: string | undefined;
  bootId: string | undefined;
}

/** Reads a whole log and hands each good event to `onEvent`; throws `STORAGE_FAILED` for a newer format. */
export function foldLog(fd: number, onEvent: ((event: unknown) => void) | undefined): FoundLog {
  const found: FoundLog = { endOffset: 0, lastSeq: 0, epoch: undefined, bootId: undefined };
  for (const batch of readBatches(fd)) {
    for (const event of batch.events) {
      if ('kind' in event && event.kind === 'log_opened') noteOpening(found, event);
      onEvent?.(event);
    }
    found.endOffset = batch.endOffset;
    found.lastSeq = batch.lastSeq;
  }
  return found;
}

/**
 * Saves what follows `endOffset` as `log.torn.<n>` beside the log, then cuts it off. `hasLines` tells a torn line from
 * lost ones.
 */
export function cutTail(
  log: { fd: number; path: string; io: FileIo },
  endOffset: number,
): { cutBytes: number; hasLines: boolean } {
  const cutBytes = fs.fstatSync(log.fd).size - endOffset;
  if (cutBytes === 0) return { cutBytes, hasLines: false };
  const torn = createTornFile(log.path);
  let hasLines = false;
  try {
    for (const chunk of readFrom(log.fd, endOffset)) {
      hasLines ||= chunk.includes(NEWLINE);
      fs.writeFileSync(torn.fd, chunk);
    }
    fs.fsyncSync(torn.fd);
  } catch (error) {
    fs.rmSync(torn.path, { force: true });
    throw error;
  } finally {
    fs.closeSync(torn.fd);
  }
  syncFolder(path.dirname(log.path));
  log.io.ftruncate(log.fd, endOffset);
  return { cutBytes, hasLines };
}

function noteOpening(found: FoundLog, event: object): void {
  if ('epoch' in event && typeof event.epoch === 'string') found.epoch = event.epoch;
  if ('bootId' in event && typeof event.bootId === 'string') found.bootId = event.bootId;
  if ('format' in event && typeof event.format === 'number' && event.format > LOG_FORMAT) {
    const detail = `the log has format ${event.format}, newer than ${LOG_FORMAT}; start the newer Konui that wrote it`;
    throw new StorageError('STORAGE_FAILED', detail);
  }
}

function createTornFile(logPath: string): { fd: number; path: string } {
  const { dir, name } = path.parse(logPath);
  for (let n = 1; ; n++) {
    const torn = path.join(dir, `${name}.torn.${n}`);
    try {
      return { fd: fs.openSync(torn, 'wx', FILE_MODE), path: torn };
    } catch (error) {
      if (errnoOf(error) !== 'EEXIST') throw error;
    }
  }
}

function* readFrom(fd: number, offset: number): Generator<Buffer, void, undefined> {
  const buffer = Buffer.allocUnsafe(COPY_BYTES);
  for (let position = offset; ;) {
    const read = fs.readSync(fd, buffer, 0, buffer.length, position);
    if (read === 0) return;
    position += read;
    yield buffer.subarray(0, read);
  }
}

const COPY_BYTES = 1024 * 1024;
