import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EventLog, OpenLogOptions } from './event-log.ts';
import type { StorageTrouble } from './event-writer.ts';
import { type FileIo, fileIo } from './file-io.ts';
import { openInbox } from './inbox.ts';
import { readInbox } from './inbox-lines.ts';
import { makeFolder, openTestLog, parseLines, writeLog } from './log-fixture.ts';
import { openLogReader } from './log-reader.ts';

/** A disk that takes `room` more bytes, and whose calls fail as told. */
interface FaultyDisk extends FileIo {
  room: number;
  fails: { write?: string; fdatasync?: string; ftruncate?: string };
}

function createFaultyDisk(): FaultyDisk {
  const disk: FaultyDisk = {
    room: Number.POSITIVE_INFINITY,
    fails: {},
    write(fd, bytes, position) {
      failAs(disk.fails.write);
      if (disk.room === 0) failAs('ENOSPC');
      const written = fileIo.write(fd, bytes.subarray(0, Math.min(disk.room, bytes.byteLength)), position);
      disk.room -= written;
      return written;
    },
    fdatasync(fd) {
      failAs(disk.fails.fdatasync);
      fileIo.fdatasync(fd);
    },
    fdatasyncLater(fd, done) {
      if (disk.fails.fdatasync === undefined) fileIo.fdatasyncLater(fd, done);
      else setImmediate(() => done(errno(disk.fails.fdatasync)));
    },
    ftruncate(fd, length) {
      failAs(disk.fails.ftruncate);
      fileIo.ftruncate(fd, length);
    },
  };
  return disk;
}

function errno(code = 'EIO'): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

function failAs(code: string | undefined): void {
  if (code !== undefined) throw errno(code);
}

function open(options: Partial<OpenLogOptions> = {}): {
  log: EventLog;
  disk: FaultyDisk;
  file: string;
  troubles: string[];
} {
  const disk = createFaultyDisk();
  const troubles: string[] = [];
  const onTrouble = (trouble: StorageTrouble) => troubles.push(trouble.code);
  const file = path.join(makeFolder(), 'log.ndjson');
  const log = openTestLog(file, { io: disk, onTrouble, retryMs: 5, ...options });
  return { log, disk, file, troubles };
}

describe('a full disk', () => {
  it('keeps the events, says so once, and writes them when there is room', async () => {
    const { log, disk, file, troubles } = open();
    disk.room = 0;
    const written = [log.append({ kind: 'status' }), log.append({ kind: 'status' })].map(({ line }) => line);
    log.flush();
    log.flush();
    expect(log.isStuck).toBe(true);
    expect(() => log.sync()).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }));
    written.push(log.append({ kind: 'error' }).line);
    expect(troubles).toEqual(['storage_full']);
    expect(parseLines(fs.readFileSync(file))).toHaveLength(1);
    disk.room = Number.POSITIVE_INFINITY;
    await expect.poll(() => log.isStuck).toBe(false);
    expect(troubles).toEqual(['storage_full', 'storage_recovered']);
    expect(fs.readFileSync(file, 'utf8').split('\n').slice(1, -1)).toEqual(written);
    disk.room = 0;
    log.append({ kind: 'status' });
    log.flush();
    expect(troubles).toEqual(['storage_full', 'storage_recovered', 'storage_full']);
    disk.room = Number.POSITIVE_INFINITY;
    log.close();
  });

  it('ends at a whole line after a short write, wherever that stopped, and keeps the whole lines that got in', () => {
    const reference = open();
    const before = fs.statSync(reference.file).size;
    for (const text of ['a', 'b', 'c']) reference.log.append({ kind: 'status', text });
    reference.log.close();
    const length = fs.statSync(reference.file).size - before;
    for (let room = 0; room < length; room++) {
      const flushed: number[] = [];
      const { log, disk, file } = open({ onFlushed: (lastSeq) => flushed.push(lastSeq), retryMs: 600_000 });
      for (const text of ['a', 'b', 'c']) log.append({ kind: 'status', text });
      disk.room = room;
      log.flush();
      const lines = fs.readFileSync(file, 'utf8');
      expect(lines.endsWith('\n')).toBe(true);
      const count = parseLines(Buffer.from(lines)).length;
      expect(count).toBe(1 + Math.floor((room * 3) / length));
      expect(flushed.at(-1)).toBe(count);
      disk.room = Number.POSITIVE_INFINITY;
      log.close();
      const after = fs.readFileSync(file, 'utf8');
      expect(after.startsWith(lines)).toBe(true);
      expect(parseLines(Buffer.from(after)).map((event) => event.text)).toEqual([undefined, 'a', 'b', 'c']);
    }
  }, 60_000);

  it('frees the reserve for the last events and stays stuck until there is room for a reserve again', async () => {
    const reserve = (file: string) => path.join(path.dirname(file), 'reserve');
    const { log, disk, file, troubles } = open({
      reserveBytes: 4096,
      onTrouble: (trouble) => {
        troubles.push(trouble.code);
        // What the reserve gives back when it is deleted right after this.
        if (trouble.code === 'storage_full') disk.room = 4096;
      },
    });
    expect(fs.statSync(reserve(file)).size).toBe(4096);
    disk.room = 10;
    log.append({ kind: 'agent_message_chunk' });
    log.flush();
    expect(fs.existsSync(reserve(file))).toBe(false);
    expect(log.isStuck).toBe(true);
    log.append({ kind: 'complete' });
    log.sync();
    expect(parseLines(fs.readFileSync(file)).map((event) => event.kind)).toEqual([
      'log_opened',
      'agent_message_chunk',
      'complete',
    ]);
    await expect.poll(() => log.isStuck).toBe(false);
    expect(fs.statSync(reserve(file)).size).toBe(4096);
    expect(troubles).toEqual(['storage_full', 'storage_recovered']);
    log.close();
  });

  it('says at close that events were lost', () => {
    const { log, disk, file } = open();
    disk.room = 0;
    log.append({ kind: 'status' });
    expect(() => log.close()).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }));
    expect(parseLines(fs.readFileSync(file))).toHaveLength(1);
  });

  it('opens a new log stuck rather than not at all', async () => {
    const disk = createFaultyDisk();
    disk.room = 5;
    const file = path.join(makeFolder(), 'log.ndjson');
    const log = openTestLog(file, { io: disk, retryMs: 5 });
    expect(log.isStuck).toBe(true);
    expect(fs.statSync(file).size).toBe(0);
    disk.room = Number.POSITIVE_INFINITY;
    await expect.poll(() => log.isStuck).toBe(false);
    expect(parseLines(fs.readFileSync(file))).toMatchObject([{ kind: 'log_opened', epoch: log.epoch }]);
    log.close();
  });
});

describe('a failing disk', () => {
  it.each([
    ['a write', { write: 'EIO' }],
    ['a write and the cut after it', { write: 'ENOSPC', ftruncate: 'EIO' }],
    ['a sync', { fdatasync: 'EIO' }],
    ['a sync for lack of space, after which the pages may be gone', { fdatasync: 'ENOSPC' }],
  ])('refuses everything after the failure of %s', (_what, fails) => {
    const { log, disk, troubles } = open();
    log.append({ kind: 'status' });
    disk.fails = fails;
    const failed = expect.objectContaining({ code: 'STORAGE_FAILED' });
    expect(() => log.sync()).toThrow(failed);
    disk.fails = {};
    expect(() => log.append({ kind: 'status' })).toThrow(failed);
    expect(() => log.flush()).toThrow(failed);
    expect(() => log.sync()).toThrow(failed);
    expect(troubles).toEqual(['storage_failed']);
    log.close();
  });

  it('reports the failure of a write at the end of a turn', async () => {
    const { log, disk, troubles } = open();
    disk.fails = { write: 'EIO' };
    log.append({ kind: 'status' });
    await expect.poll(() => troubles).toEqual(['storage_failed']);
    expect(() => log.append({ kind: 'status' })).toThrow(expect.objectContaining({ code: 'STORAGE_FAILED' }));
    log.close();
  });

  it('syncs by itself soon after a write, and reports when that fails', async () => {
    const { log, disk, troubles } = open({ syncMs: 5 });
    disk.fails = { fdatasync: 'EIO' };
    log.append({ kind: 'status' });
    await expect.poll(() => troubles).toEqual(['storage_failed']);
    log.close();
  });
});

describe('an inbox on a bad disk', () => {
  it('takes nothing when full, and the command when it is sent again', () => {
    const disk = createFaultyDisk();
    const file = path.join(makeFolder(), 'inbox.ndjson');
    const inbox = openInbox({ path: file, io: disk });
    inbox.append({ commandId: 'a' });
    for (const room of [0, 1, 17]) {
      disk.room = room;
      expect(() => inbox.append({ commandId: 'b' })).toThrow(expect.objectContaining({ code: 'STORAGE_FULL' }));
      expect(fs.readFileSync(file, 'utf8')).toBe('{"commandId":"a"}\n');
      expect(inbox.has('b')).toBe(false);
    }
    disk.room = Number.POSITIVE_INFINITY;
    expect(inbox.append({ commandId: 'b' })).toBe('appended');
    expect(readInbox(file, 0).commands).toEqual([{ commandId: 'a' }, { commandId: 'b' }]);
    inbox.close();
  });

  it('refuses everything after a failed sync until it is opened again', () => {
    const disk = createFaultyDisk();
    const file = path.join(makeFolder(), 'inbox.ndjson');
    const inbox = openInbox({ path: file, io: disk });
    disk.fails = { fdatasync: 'EIO' };
    const failed = expect.objectContaining({ code: 'STORAGE_FAILED' });
    expect(() => inbox.append({ commandId: 'a' })).toThrow(failed);
    disk.fails = {};
    expect(() => inbox.append({ commandId: 'b' })).toThrow(failed);
    inbox.close();
    const reopened = openInbox({ path: file, io: disk });
    expect(reopened.append({ commandId: 'a' })).toBe('known');
    reopened.close();
  });
});

it('lets a reader see whole lines only while short writes are cut back', () => {
  const { log, disk, file } = open({ retryMs: 600_000 });
  const reader = openLogReader(file);
  for (let i = 0; i < 50; i++) {
    log.append({ kind: 'status', text: 'x'.repeat(i * 10) });
    log.append({ kind: 'status' });
    disk.room = i * 7;
    log.flush();
    const page = reader.readAfter(0);
    expect(parseLines(page.bytes)).toHaveLength(page.count);
    disk.room = Number.POSITIVE_INFINITY;
    log.flush();
    expect(reader.lastSeq()).toBe(log.lastSeq);
  }
  reader.close();
  log.close();
});

it('leaves a log as it was when its torn tail cannot be saved', () => {
  const file = path.join(makeFolder(), 'log.ndjson');
  const whole = writeLog(file, 3);
  fs.appendFileSync(file, 'torn');
  const io = createFaultyDisk();
  io.fails = { ftruncate: 'EIO' };
  expect(() => openTestLog(file, { io })).toThrow(expect.objectContaining({ code: 'STORAGE_FAILED' }));
  expect(fs.readFileSync(file, 'utf8')).toBe(`${whole.toString()}torn`);
});
