import { describe, expect, it } from 'vitest';
import { judgeCursor, parseCursorId, toCursorId } from './cursor.ts';

const log = {
  lastSeq: 50,
  epochs: [
    { epoch: 'first', bootId: 'a', fromSeq: 1 },
    { epoch: 'second', bootId: 'b', fromSeq: 31 },
  ],
};

describe('judgeCursor', () => {
  it('[SEQ5] accepts the beginning, whatever epoch is named', () => {
    expect(judgeCursor(log, { seq: 0, epoch: 'gone' })).toBe('ok');
  });

  it('[SEQ5] accepts a seq of the current epoch up to the last one', () => {
    expect(judgeCursor(log, { seq: 50, epoch: 'second' })).toBe('ok');
    expect(judgeCursor(log, { seq: 51, epoch: 'second' })).toBe('ahead');
  });

  it('[SEQ5] accepts an older epoch only before the next one begins', () => {
    expect(judgeCursor(log, { seq: 30, epoch: 'first' })).toBe('ok');
    expect(judgeCursor(log, { seq: 31, epoch: 'first' })).toBe('epoch_gone');
    expect(judgeCursor(log, { seq: 5, epoch: 'unknown' })).toBe('epoch_gone');
  });

  it('[SEQ5] judges a cursor without an epoch by its seq alone', () => {
    expect(judgeCursor(log, { seq: 50 })).toBe('ok');
    expect(judgeCursor(log, { seq: 51 })).toBe('ahead');
  });
});

describe('cursor ids', () => {
  it('[HOST4] come back as they were, and nothing else is taken for one', () => {
    expect(parseCursorId(toCursorId({ epoch: 'a-1', seq: 7 }))).toEqual({ epoch: 'a-1', seq: 7 });
    for (const id of ['', '7', 'a:', ':7', 'a:-1', 'a:1.5', 'a b:1', `${'a'.repeat(65)}:1`]) {
      expect(parseCursorId(id)).toBeUndefined();
    }
  });
});
