import { newId, SessionId } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Connection } from '../connection/connection-options.ts';
import { Harness, reaches } from '../testing/harness.ts';
import { createReadMarks, type ReadMarks, type ReadMarksApi } from './read-marks.ts';

const S = newId(SessionId);
const T = newId(SessionId);

/** The gateway's table, with what was written to it. */
class MarksTable implements ReadMarksApi {
  stored: Record<string, number> = {};
  readonly writes: [string, number][] = [];
  isAway = false;
  readonly #waiters = new Set<() => void>();

  readonly readMarks = {
    list: async () => {
      if (this.isAway) throw new Error('away');
      return { ...this.stored };
    },
    set: async (sessionId: string, seq: number) => {
      this.writes.push([sessionId, seq]);
      if (!this.isAway) this.stored[sessionId] = Math.max(this.stored[sessionId] ?? 0, seq);
      this.#wake();
      if (this.isAway) throw new Error('away');
    },
  };

  async until(predicate: () => boolean): Promise<void> {
    while (!predicate()) await new Promise<void>((resolve) => this.#waiters.add(resolve));
  }

  #wake(): void {
    for (const waiter of this.#waiters) waiter();
    this.#waiters.clear();
  }
}

let harness: Harness;
let connection: Connection;
let table: MarksTable;
let marks: ReadMarks;

beforeEach(async () => {
  harness = await Harness.start();
  connection = await harness.connected();
  table = new MarksTable();
});
afterEach(async () => {
  marks.close();
  await harness.stop();
});

const open = (): ReadMarks => (marks = createReadMarks(connection, table, { clock: harness.clock }));
const mark = (sessionId: string) => marks.get().marks.get(sessionId);

async function until(predicate: () => boolean): Promise<void> {
  while (!predicate()) {
    await new Promise<void>((resolve) => {
      const remove = marks.subscribe(() => {
        remove();
        resolve();
      });
    });
  }
}

describe('read marks', () => {
  it('are not known before the gateway has told them', async () => {
    table.stored = { [S]: 4 };
    open();
    expect(marks.get()).toEqual({ state: 'loading', marks: new Map() });
    await until(() => marks.get().state === 'ready');
    expect(mark(S)).toBe(4);
  });

  it('show at once and are written once', async () => {
    open();
    marks.markRead(S, 7);
    expect(mark(S)).toBe(7);
    marks.markRead(S, 7);
    await table.until(() => table.writes.length === 1);
    expect(table.writes).toEqual([[S, 7]]);
  });

  it('never move backwards, whoever says so', async () => {
    open();
    marks.markRead(S, 9);
    marks.markRead(S, 3);
    harness.gateway.broadcast({ kind: 'read_marked', sessionId: S, seq: 5 });
    harness.gateway.broadcast({ kind: 'read_marked', sessionId: T, seq: 2 });
    await until(() => mark(T) === 2);
    expect(mark(S)).toBe(9);
  });

  it('follow what another device has read', async () => {
    open();
    harness.gateway.broadcast({ kind: 'read_marked', sessionId: S, seq: 12 });
    await until(() => mark(S) === 12);
    expect(table.writes).toEqual([]);
  });

  it('are sent once a second while a session streams', async () => {
    open();
    for (let seq = 1; seq <= 50; seq += 1) marks.markRead(S, seq);
    expect(table.writes).toEqual([[S, 1]]);
    harness.clock.advance(1000);
    expect(table.writes).toEqual([
      [S, 1],
      [S, 50],
    ]);
  });

  it('that could not be written are written when the connection is back', async () => {
    open();
    await until(() => marks.get().state === 'ready');
    table.isAway = true;
    marks.markRead(S, 6);
    await table.until(() => table.writes.length === 1);
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    table.isAway = false;
    connection.retry();
    await reaches(connection, 'live');
    harness.clock.advance(1000);
    await table.until(() => table.stored[S] === 6);
  });
});
