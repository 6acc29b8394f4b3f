import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { EventLog, OpenLogOptions } from './event-log.ts';
import { BOOT_ID, eventBody, parseLines, SESSION_ID } from './log-fixture.ts';
import type { FollowLogOptions, LogFollower } from './log-follower.ts';
import type { LogReader } from './log-reader.ts';
import type { Page } from './page.ts';

/** One log, however it is kept. */
export interface LogStore {
  open(options: Omit<OpenLogOptions, 'path'>): EventLog;
  reader(): LogReader;
  follow(options: Omit<FollowLogOptions, 'path'>): LogFollower;
  remove(): void;
}

const opening = { sessionId: SESSION_ID, bootId: BOOT_ID, reserveBytes: 0 };

/** What every implementation of log, reader and follower promises. */
export function describeEventLog(name: string, createStore: () => LogStore): void {
  const makeStore = (): LogStore => {
    const store = createStore();
    onTestFinished(() => store.remove());
    return store;
  };

  describe(`${name}: appending`, () => {
    it('begins a new log with log_opened as seq 1', () => {
      const store = makeStore();
      const now = () => new Date(Date.UTC(2030, 0, 2, 3, 4, 5, 6));
      store.open({ ...opening, now, newEpoch: () => 'epoch-1' }).close();
      expect(store.reader().readAfter(0).bytes.toString()).toBe(
        '{"seq":1,"sessionId":"session-1","kind":"log_opened","at":"2030-01-02T03:04:05.006Z",' +
          '"epoch":"epoch-1","bootId":"boot-1","fromSeq":1,"format":1}\n',
      );
    });

    it('numbers on across openings and keeps the epoch within one boot', () => {
      const store = makeStore();
      const first = store.open(opening);
      expect(first.opened).toMatchObject({ cutBytes: 0, newEpoch: true });
      first.append({ kind: 'status' });
      first.close();
      const second = store.open(opening);
      expect(second.opened).toMatchObject({ cutBytes: 0, newEpoch: false });
      expect(second.epoch).toBe(first.epoch);
      expect(second.append({ kind: 'status' }).seq).toBe(3);
      second.close();
    });

    it('begins a new epoch after a change of boot id, from the seq of its log_opened on', () => {
      const store = makeStore();
      const first = store.open(opening);
      first.append({ kind: 'status' });
      first.close();
      const second = store.open({ ...opening, bootId: 'boot-2' });
      expect(second.opened).toMatchObject({ cutBytes: 0, newEpoch: true });
      expect(second.epoch).not.toBe(first.epoch);
      const [event] = parseLines(store.reader().readAfter(2).bytes);
      expect(event).toMatchObject({
        seq: 3,
        kind: 'log_opened',
        epoch: second.epoch,
        bootId: 'boot-2',
        fromSeq: 3,
        format: 1,
      });
      second.close();
      const third = store.open({ ...opening, bootId: 'boot-2' });
      expect(third.epoch).toBe(second.epoch);
      third.close();
    });

    it('folds every event of the log while opening, the new log_opened included', () => {
      const store = makeStore();
      const first = store.open(opening);
      first.append({ kind: 'status' });
      first.close();
      const folded: unknown[] = [];
      store.open({ ...opening, bootId: 'boot-2', onEvent: (event) => folded.push(event) }).close();
      expect(folded).toEqual(parseLines(store.reader().readAfter(0).bytes));
      expect(folded).toHaveLength(3);
    });

    it('returns the line as it is written and does not let a field of the body replace ours', () => {
      const store = makeStore();
      const log = store.open(opening);
      const { seq, at, line } = log.append({
        kind: 'x',
        7: 'first?',
        seq: 99,
        sessionId: 'other',
        at: 'never',
        text: 'a\r\nb\ud800',
      });
      log.close();
      expect(line).toBe(
        `{"seq":2,"sessionId":"session-1","kind":"x","at":"${at}","7":"first?","text":"a\\r\\nb\\ud800"}`,
      );
      expect(
        store
          .reader()
          .readAfter(seq - 1)
          .bytes.toString(),
      ).toBe(`${line}\n`);
    });

    it('leaves no trace of an event that cannot be serialised', () => {
      const log = makeStore().open(opening);
      expect(() => log.append({ kind: 'x', big: 1n })).toThrow(TypeError);
      expect(log.append({ kind: 'x' }).seq).toBe(2);
      log.close();
    });

    it('tells of events once they are readable, all of one turn together', async () => {
      const store = makeStore();
      const reader = store.reader();
      const flushed: { lastSeq: number; readable: number }[] = [];
      const log = store.open({
        ...opening,
        onFlushed: (lastSeq) => flushed.push({ lastSeq, readable: reader.lastSeq() }),
      });
      for (let i = 0; i < 5; i++) log.append({ kind: 'status' });
      expect(log.lastSeq).toBe(6);
      expect(reader.lastSeq()).toBe(1);
      await vi.waitFor(() => expect(reader.lastSeq()).toBe(6));
      expect(flushed).toEqual([
        { lastSeq: 1, readable: 1 },
        { lastSeq: 6, readable: 6 },
      ]);
      log.close();
    });

    it('refuses events after close', () => {
      const log = makeStore().open(opening);
      log.close();
      log.close();
      expect(() => log.append({ kind: 'status' })).toThrow('closed');
    });
  });

  describe(`${name}: reading`, () => {
    it('reads a log that is not there yet as empty, and sees it when it is', () => {
      const store = makeStore();
      const reader = store.reader();
      expect(reader.lastSeq()).toBe(0);
      expect(reader.readAfter(3)).toMatchObject({ count: 0, firstSeq: 4, lastSeq: 3, more: false });
      expect(reader.readBefore(3)).toMatchObject({ count: 0, more: false });
      store.open(opening).close();
      expect(reader.readAfter(0)).toMatchObject({ count: 1, firstSeq: 1, lastSeq: 1, more: false });
    });

    it('returns an event larger than the page alone', () => {
      const store = makeStore();
      const log = store.open(opening);
      const { line } = log.append({ kind: 'large', text: 'x'.repeat(1_000_000) });
      log.append({ kind: 'status' });
      log.close();
      const reader = store.reader();
      const page = reader.readAfter(1, { maxBytes: 10_000 });
      expect(page).toMatchObject({ count: 1, firstSeq: 2, lastSeq: 2, more: true });
      expect(page.bytes.toString()).toBe(`${line}\n`);
      expect(reader.readBefore(3, { maxBytes: 10_000 }).bytes.equals(page.bytes)).toBe(true);
      expect(reader.readAfter(2, { maxBytes: 1 })).toMatchObject({ count: 1, lastSeq: 3, more: false });
    });

    it('answers a cursor ahead of the log with an empty page', () => {
      const store = makeStore();
      store.open(opening).close();
      expect(store.reader().readAfter(10)).toMatchObject({ count: 0, lastSeq: 10, more: false });
      expect(store.reader().readBefore(10)).toMatchObject({ count: 1, firstSeq: 1, lastSeq: 1, more: false });
    });

    it('gives the same bytes in pages of any size, forwards and backwards', () => {
      const store = makeStore();
      const pages = fc.record({
        maxEvents: fc.integer({ min: 1, max: 9 }),
        maxBytes: fc.integer({ min: 1, max: 100_000 }),
      });
      const reader = store.reader();
      const lines: string[] = [];
      store.open({ ...opening, onEvent: (event) => lines.push(`${JSON.stringify(event)}\n`) }).close();
      fc.assert(
        fc.property(fc.array(eventBody, { maxLength: 12 }), pages, (bodies, limits) => {
          const log = store.open(opening);
          for (const body of bodies) lines.push(`${log.append(body).line}\n`);
          log.close();
          const whole = lines.join('');
          expect(reader.lastSeq()).toBe(lines.length);
          expect(
            Buffer.concat([...forwards(reader, limits)].map((page) => page.bytes)).equals(Buffer.from(whole)),
          ).toBe(true);
          const backwards = [...backwardsFrom(reader, lines.length + 1, limits)].reverse();
          expect(Buffer.concat(backwards.map((page) => page.bytes)).equals(Buffer.from(whole))).toBe(true);
        }),
        { numRuns: 40 },
      );
    });

    it('finds the same page after a cursor as before the end of that page', () => {
      const store = makeStore();
      const log = store.open(opening);
      fc.sample(eventBody, { numRuns: 150, seed: 1 }).forEach((body) => log.append(body));
      log.close();
      fc.assert(
        fc.property(fc.nat({ max: log.lastSeq }), fc.integer({ min: 1, max: 20 }), (seq, maxEvents) => {
          const reader = store.reader();
          const after = reader.readAfter(seq, { maxEvents, maxBytes: 50_000_000 });
          const before = reader.readBefore(after.lastSeq + 1, {
            maxEvents: Math.max(1, after.count),
            maxBytes: 50_000_000,
          });
          expect(after.count === 0 || before.bytes.equals(after.bytes)).toBe(true);
          expect(after.count).toBe(Math.min(maxEvents, log.lastSeq - seq));
          expect(reader.offsetOf(after.lastSeq + 1) - reader.offsetOf(seq + 1)).toBe(after.bytes.length);
          reader.close();
        }),
        { numRuns: 200 },
      );
    });
  });

  describe(`${name}: following`, () => {
    it('delivers what there is and what comes, once each and in order', async () => {
      const store = makeStore();
      const pages: Page[] = [];
      // So long between polls that only the doorbell can have made it look.
      const follower = store.follow({
        afterSeq: 0,
        onPage: (page) => pages.push(page),
        pollMs: 600_000,
        maxPageBytes: 500,
      });
      onTestFinished(() => follower.close());
      const log = store.open({ ...opening, onFlushed: () => follower.poke() });
      for (let i = 0; i < 300; i++) {
        log.append({ kind: 'status', i });
        if (i % 7 === 0) await new Promise((resolve) => setImmediate(resolve));
      }
      log.flush();
      await vi.waitFor(() => expect(follower.seq).toBe(301));
      log.close();
      expect(Math.max(...pages.map((page) => page.bytes.length))).toBeLessThanOrEqual(500);
      expect(Buffer.concat(pages.map((page) => page.bytes)).equals(store.reader().readAfter(0).bytes)).toBe(true);
    });

    it('finds new events without the doorbell too', async () => {
      const store = makeStore();
      const log = store.open(opening);
      const seqs: number[] = [];
      const follower = store.follow({ afterSeq: 1, onPage: (page) => seqs.push(page.firstSeq), pollMs: 5 });
      onTestFinished(() => follower.close());
      log.append({ kind: 'status' });
      await vi.waitFor(() => expect(seqs).toEqual([2]));
      log.close();
    });

    it('waits at a cursor ahead of the log until the log has passed it', async () => {
      const store = makeStore();
      const log = store.open(opening);
      const seqs: number[] = [];
      const follower = store.follow({ afterSeq: 3, onPage: (page) => seqs.push(page.firstSeq), pollMs: 5 });
      onTestFinished(() => follower.close());
      for (let i = 0; i < 3; i++) {
        log.append({ kind: 'status' });
        log.flush();
        follower.poke();
        await new Promise((resolve) => setImmediate(resolve));
      }
      await vi.waitFor(() => expect(seqs).toEqual([4]));
      log.close();
    });

    it('delivers nothing after close', async () => {
      const store = makeStore();
      store.open(opening).close();
      const onPage = vi.fn<(page: Page) => void>();
      const follower = store.follow({ afterSeq: 0, onPage });
      follower.poke();
      follower.close();
      follower.poke();
      await new Promise((resolve) => setImmediate(resolve));
      expect(onPage).not.toHaveBeenCalled();
    });
  });
}

function* forwards(reader: LogReader, limits: { maxEvents: number; maxBytes: number }): Generator<Page> {
  for (let seq = 0; ;) {
    const page = reader.readAfter(seq, limits);
    if (page.count > 0) yield page;
    if (!page.more) return;
    seq = page.lastSeq;
  }
}

function* backwardsFrom(
  reader: LogReader,
  seq: number,
  limits: { maxEvents: number; maxBytes: number },
): Generator<Page> {
  for (let before = seq; ;) {
    const page = reader.readBefore(before, limits);
    if (page.count > 0) yield page;
    if (!page.more) return;
    before = page.firstSeq;
  }
}
