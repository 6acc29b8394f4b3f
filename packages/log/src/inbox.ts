import fs from 'node:fs';
import { AppendFile } from './append-file.ts';
import { openOrCreate } from './durable-file.ts';
import { type FileIo, fileIo } from './file-io.ts';
import { readLines } from './inbox-lines.ts';
import { type StorageError, toStorageError } from './storage-error.ts';

export interface OpenInboxOptions {
  path: string;
  io?: FileIo;
}

/** The commands for one session, opened by their only writer. */
export interface Inbox {
  has(commandId: string): boolean;
  /**
   * On return the command is on the disk. One whose id is there already is not written again. Throws `STORAGE_FULL`
   * (nothing was taken, try again) or `STORAGE_FAILED` (it may have been taken; reopen the inbox).
   */
  append(command: { commandId: string; [field: string]: unknown }): 'appended' | 'known';
  close(): void;
}

/**
 * Opens or creates an inbox (mode 0600) and cuts a torn last line, which nobody was told of. Throws a `StorageError`.
 */
export function openInbox(options: OpenInboxOptions): Inbox {
  const { path, io = fileIo } = options;
  try {
    const { fd } = openOrCreate(path);
    try {
      const { size, commandIds } = recover(fd, io);
      return createInbox(new AppendFile({ fd, path, size, io }), commandIds);
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  } catch (error) {
    throw toStorageError(error, `opening ${path}`);
  }
}

function createInbox(file: AppendFile, commandIds: Set<string>): Inbox {
  let broken: StorageError | undefined;
  return {
    has: (commandId) => commandIds.has(commandId),
    append(command) {
      if (broken !== undefined) throw broken;
      if (commandIds.has(command.commandId)) return 'known';
      const { failure } = file.append(Buffer.from(`${JSON.stringify(command)}\n`));
      if (failure !== undefined) {
        if (failure.code === 'STORAGE_FAILED') broken = failure;
        throw failure;
      }
      try {
        file.sync();
      } catch (error) {
        broken = toStorageError(error, 'syncing the inbox');
        throw broken;
      }
      commandIds.add(command.commandId);
      return 'appended';
    },
    close: () => file.close(),
  };
}

function recover(fd: number, io: FileIo): { size: number; commandIds: Set<string> } {
  const { commands, nextOffset } = readLines(fd, 0);
  const size = fs.fstatSync(fd).size;
  if (nextOffset < size) io.ftruncate(fd, nextOffset);
  // The writer before may have died between a line and its sync, and whoever sends that command again is told that it
  // is safe.
  if (size > 0) io.fdatasync(fd);
  const ids = commands.map((command) => ('commandId' in command ? command.commandId : undefined));
  return { size: nextOffset, commandIds: new Set(ids.filter((id) => typeof id === 'string')) };
}
