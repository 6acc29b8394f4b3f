import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { AppendFile } from './append-file.ts';
import { openOrCreate } from './durable-file.ts';
import type { EventBody } from './event-line.ts';
import { EventWriter, type StorageTrouble } from './event-writer.ts';
import { type FileIo, fileIo } from './file-io.ts';
import { cutTail, foldLog, type FoundLog, LOG_FORMAT } from './log-opening.ts';
import { createReserve, type Reserve } from './reserve-file.ts';
import { errnoOf, toStorageError } from './storage-error.ts';

export interface OpenLogOptions {
  path: string;
  sessionId: string;
  /** Of the machine's current boot; a change begins a new epoch, since unsynced lines may be gone. */
  bootId: string;
  /** Called for every event that the log holds when `openEventLog` returns, in order. */
  onEvent?: (event: unknown) => void;
  /** Called after each write: events up to `lastSeq` survive the death of this process, and readers may be told. */
  onFlushed?: (lastSeq: number) => void;
  onTrouble?: (trouble: StorageTrouble) => void;
  /**
   * The log is known to have held events up to this one in its present epoch: where it ends before, lines were lost,
   * which a file that was cut between two lines does not show. Default: 0.
   */
  knownSeq?: number;
  now?: () => Date;
  newEpoch?: () => string;
  /** Size of the reserve file, in bytes; default 1 MiB, 0 for none. */
  reserveBytes?: number;
  /** Between two attempts while the disk is full; default 1000. */
  retryMs?: number;
  /** Longest time that a written line stays unsynced; default 1000. */
  syncMs?: number;
  io?: FileIo;
}

/** The log of one session, opened by its only writer. */
export interface EventLog {
  readonly epoch: string;
  /** Seq of the last appended event, written or not; 0 for none. */
  readonly lastSeq: number;
  readonly opened: { readonly cutBytes: number; readonly newEpoch: boolean; readonly hasLostLines: boolean };
  /**
   * True from a full disk until there is room again; stop producing events meanwhile. They are kept in memory, without
   * a limit.
   */
  readonly isStuck: boolean;
  /**
   * Buffers one event, written at the end of this turn of the event loop; `line` is without newline. Throws once
   * storage failed.
   */
  append(body: EventBody): { seq: number; at: string; line: string };
  /** Writes what is buffered. A full disk throws nothing (see `isStuck`); a failed one throws `STORAGE_FAILED`. */
  flush(): void;
  /** Returns when every appended event is on the disk; throws `STORAGE_FULL` or `STORAGE_FAILED`. */
  sync(): void;
  /** Syncs and closes; throws what `sync` throws, closed nevertheless. */
  close(): void;
}

/**
 * Opens or creates a log (mode 0600; its folder must exist, and the caller must hold the session's lock). Cuts it at
 * the first line that does not parse or whose seq is not the previous + 1. Throws a `StorageError`.
 */
export function openEventLog(options: OpenLogOptions): EventLog {
  try {
    const { fd } = openOrCreate(options.path);
    let writer: EventWriter;
    try {
      writer = continueLog(fd, options);
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
    try {
      if (writer.opened.newEpoch) announceEpoch(writer, options);
    } catch (error) {
      writer.abandon();
      throw error;
    }
    return writer;
  } catch (error) {
    // What `onEvent` threw is the caller's own.
    throw errnoOf(error) === undefined ? error : toStorageError(error, `opening ${options.path}`);
  }
}

function continueLog(fd: number, options: OpenLogOptions): EventWriter {
  const { path: logPath, io = fileIo, reserveBytes = RESERVE_BYTES } = options;
  const reserve = createReserve(path.join(path.dirname(logPath), 'reserve'), reserveBytes);
  const found = foldLog(fd, options.onEvent);
  const { cutBytes, hasLines } = cutWithReserve({ fd, path: logPath, io }, found, reserve);
  reserve.take();
  const hasLostLines = hasLines || found.lastSeq < (options.knownSeq ?? 0);
  const epoch = found.bootId === options.bootId && !hasLostLines ? found.epoch : undefined;
  return new EventWriter({
    ...options,
    file: new AppendFile({ fd, path: logPath, size: found.endOffset, io }),
    reserve,
    lastSeq: found.lastSeq,
    epoch: epoch ?? (options.newEpoch ?? randomUUID)(),
    opened: { cutBytes, newEpoch: epoch === undefined, hasLostLines },
  });
}

function announceEpoch(writer: EventWriter, options: OpenLogOptions): void {
  const { epoch, lastSeq } = writer;
  const body = { kind: 'log_opened', epoch, bootId: options.bootId, fromSeq: lastSeq + 1, format: LOG_FORMAT };
  const { line } = writer.append(body);
  writer.flush();
  options.onEvent?.(JSON.parse(line));
}

function cutWithReserve(
  log: { fd: number; path: string; io: FileIo },
  found: FoundLog,
  reserve: Reserve,
): { cutBytes: number; hasLines: boolean } {
  try {
    return cutTail(log, found.endOffset);
  } catch (error) {
    const failure = toStorageError(error, `cutting ${log.path}`);
    if (failure.code !== 'STORAGE_FULL') throw failure;
    reserve.free();
    return cutTail(log, found.endOffset);
  }
}

// Room for the last error and complete of a run, generously: a file system gives space back in blocks and loses some to
// metadata.
const RESERVE_BYTES = 1024 * 1024;
