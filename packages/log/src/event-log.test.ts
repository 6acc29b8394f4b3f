import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { describeEventLog } from './event-log.contract.ts';
import { openEventLog } from './event-log.ts';
import { iterateEvents } from './event-scan.ts';
import { makeFolder, openTestLog, parseLines, writeLog } from './log-fixture.ts';
import { followLog } from './log-follower.ts';
import { openLogReader } from './log-reader.ts';

describeEventLog('log in a file', () => {
  const folder = makeFolder();
  const file = path.join(folder, 'log.ndjson');
  return {
    open: (options) => openEventLog({ ...options, path: file }),
    reader: () => openLogReader(file),
    follow: (options) => followLog({ ...options, path: file }),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
});

function makeLogFile(): string {
  return path.join(makeFolder(), 'log.ndjson');
}

function tornFiles(file: string): string[] {
  const folder = path.dirname(file);
  const names = fs.readdirSync(folder).filter((name) => name.startsWith('log.torn.'));
  return names.map((name) => path.join(folder, name));
}

describe('opening a torn log', () => {
  it('keeps every whole line and saves the rest, at whichever byte of the last two lines it was cut', () => {
    const file = makeLogFile();
    const whole = writeLog(file, 4);
    for (let cutAt = whole.indexOf('{"seq":3,'); cutAt <= whole.length; cutAt++) {
      for (const torn of tornFiles(file)) fs.rmSync(torn);
      fs.writeFileSync(file, whole.subarray(0, cutAt));
      const kept = whole.lastIndexOf(0x0a, cutAt - 1) + 1;
      const reader = openLogReader(file);
      expect(reader.readAfter(0).bytes.equals(whole.subarray(0, kept))).toBe(true);
      reader.close();
      const log = openTestLog(file);
      expect(log.opened).toMatchObject({ cutBytes: cutAt - kept, newEpoch: false });
      log.close();
      expect(fs.readFileSync(file).equals(whole.subarray(0, kept))).toBe(true);
      expect(tornFiles(file).map((torn) => fs.readFileSync(torn))).toEqual(
        cutAt === kept ? [] : [whole.subarray(kept, cutAt)],
      );
    }
  }, 60_000);

  it.each([
    ['garbage', Buffer.from('garbage\n')],
    ['an event without its beginning', Buffer.from('ionId":"session-1","kind":"status"}\n')],
    ['an event that was only half overwritten', Buffer.from('{"seq":3,"sessionId":"session-1","ki\0\0\0\n')],
    ['a gap', Buffer.from('{"seq":4,"sessionId":"session-1","kind":"status"}\n')],
    ['the same seq again', Buffer.from('{"seq":2,"sessionId":"session-1","kind":"status"}\n')],
    ['a seq with a leading zero', Buffer.from('{"seq":03,"sessionId":"session-1","kind":"status"}\n')],
    ['invalid UTF-8', Buffer.from('{"seq":3,"sessionId":"session-1","kind":"\xff"}\n', 'latin1')],
    ['a raw carriage return', Buffer.from('{"seq":3,"sessionId":"session-1","kind":"status"}\r\n')],
    ['an empty line', Buffer.from('\n')],
    ['an unwritten page', Buffer.concat([Buffer.alloc(4096), Buffer.from('\n')])],
  ])('cuts at %s in the middle and begins a new epoch', (_what, damage) => {
    const file = makeLogFile();
    const whole = writeLog(file, 5);
    const at = whole.indexOf('{"seq":3,');
    const rest = Buffer.concat([damage, whole.subarray(at)]);
    fs.writeFileSync(file, Buffer.concat([whole.subarray(0, at), rest]));
    const reader = openLogReader(file);
    const events: unknown[] = [];
    const log = openTestLog(file, { onEvent: (event) => events.push(event), newEpoch: () => 'epoch-2' });
    expect(log.opened).toMatchObject({ cutBytes: rest.length, newEpoch: true });
    log.close();
    expect(fs.readFileSync(path.join(path.dirname(file), 'log.torn.1')).equals(rest)).toBe(true);
    expect(reader.lastSeq()).toBe(3);
    expect(parseLines(reader.readAfter(0).bytes)).toEqual(events);
    expect(events.at(-1)).toMatchObject({ seq: 3, kind: 'log_opened', epoch: 'epoch-2', fromSeq: 3 });
    reader.close();
  });

  it('begins a new epoch when whole lines are missing that are known to have been there', () => {
    const file = makeLogFile();
    writeLog(file, 5);
    const same = openTestLog(file, { knownSeq: 5 });
    expect(same.opened).toMatchObject({ newEpoch: false, hasLostLines: false });
    same.close();
    const shorter = openTestLog(file, { knownSeq: 6, newEpoch: () => 'epoch-2' });
    expect(shorter.opened).toEqual({ cutBytes: 0, newEpoch: true, hasLostLines: true });
    expect(shorter.epoch).toBe('epoch-2');
    shorter.close();
  });

  it('reads only up to the damage before the writer has cut it', () => {
    const file = makeLogFile();
    const whole = writeLog(file, 3);
    fs.appendFileSync(file, 'garbage\n{"seq":4,"half');
    const reader = openLogReader(file);
    expect(reader.lastSeq()).toBe(3);
    expect(reader.readAfter(0)).toMatchObject({ count: 3, lastSeq: 3, more: false });
    expect(reader.readBefore(99).bytes.equals(whole)).toBe(true);
    expect([...iterateEvents(file)]).toEqual(parseLines(whole));
    reader.close();
  });

  it('never overwrites an earlier torn file', () => {
    const file = makeLogFile();
    writeLog(file, 2);
    for (const tail of ['{"a', '{"b']) {
      fs.appendFileSync(file, tail);
      openTestLog(file).close();
    }
    expect(tornFiles(file).map((torn) => fs.readFileSync(torn, 'utf8'))).toEqual(['{"a', '{"b']);
  });

  it('tells a follower that had read further than the cut', async () => {
    const file = makeLogFile();
    const whole = writeLog(file, 5);
    const onCut = vi.fn<() => void>();
    const follower = followLog({ path: file, afterSeq: 0, onPage: () => {}, onCut, pollMs: 5 });
    await expect.poll(() => follower.seq).toBe(5);
    // As long as before, so that only the content tells.
    fs.writeFileSync(file, Buffer.from(whole.toString().replace('number 5', 'number x')));
    await expect.poll(() => onCut).toHaveBeenCalledTimes(1);
    follower.close();
  });

  it('refuses a log of a newer format and leaves it alone', () => {
    const file = makeLogFile();
    const line =
      '{"seq":1,"sessionId":"session-1","kind":"log_opened","at":"","epoch":"e","bootId":"boot-1","fromSeq":1,"format":2}\n';
    fs.writeFileSync(file, line);
    expect(() => openTestLog(file)).toThrow(expect.objectContaining({ code: 'STORAGE_FAILED' }));
    expect(fs.readFileSync(file, 'utf8')).toBe(line);
  });
});

it('throws what a fold threw, and can be opened again', () => {
  const file = makeLogFile();
  writeLog(file, 2);
  const onEvent = () => {
    throw new TypeError('not foldable');
  };
  expect(() => openTestLog(file, { onEvent })).toThrow(TypeError);
  openTestLog(file).close();
});

it('keeps log, torn tail and reserve to their user, and gives the reserve back at close', () => {
  const file = makeLogFile();
  const folder = path.dirname(file);
  fs.writeFileSync(file, 'torn', { mode: 0o600 });
  const log = openTestLog(file, { reserveBytes: 4096 });
  const modes = fs
    .readdirSync(folder)
    .map((name) => [name, (fs.statSync(path.join(folder, name)).mode & 0o777).toString(8)]);
  expect(Object.fromEntries(modes)).toEqual({ 'log.ndjson': '600', 'log.torn.1': '600', reserve: '600' });
  log.close();
  expect(fs.existsSync(path.join(folder, 'reserve'))).toBe(false);
});

it('reads any cut of a log as its whole lines, and goes on from there', () => {
  const file = makeLogFile();
  const whole = writeLog(file, 400);
  fc.assert(
    fc.property(fc.nat({ max: whole.length }), fc.integer({ min: 1, max: 5000 }), (cutAt, maxBytes) => {
      fs.writeFileSync(file, whole.subarray(0, cutAt));
      const kept = parseLines(whole.subarray(0, whole.subarray(0, cutAt).lastIndexOf(0x0a) + 1));
      const reader = openLogReader(file);
      expect(reader.lastSeq()).toBe(kept.length);
      expect(reader.readBefore(kept.length + 1, { maxBytes }).lastSeq).toBe(kept.length);
      for (let seq = 0; seq < kept.length;) {
        const page = reader.readAfter(seq, { maxBytes });
        expect(parseLines(page.bytes)).toEqual(kept.slice(seq, page.lastSeq));
        expect(page.more).toBe(page.lastSeq < kept.length);
        seq = page.lastSeq;
      }
      reader.close();
    }),
    { numRuns: 60 },
  );
});
