import { sampleSession } from '@konui/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { RowAnnouncer } from './row-announcer.ts';

const row = sampleSession();

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('[HOST7] tells of a state that changed at once', () => {
  const announce = vi.fn<() => void>();
  const announcer = new RowAnnouncer(row, announce);
  announcer.consider({ ...row, status: 'working', lastSeq: 1 });
  expect(announce).toHaveBeenCalledTimes(1);
});

it('[HOST7] tells of growth alone once a second', () => {
  const announce = vi.fn<() => void>();
  const announcer = new RowAnnouncer(row, announce);
  for (let seq = 1; seq <= 100; seq++) announcer.consider({ ...row, lastSeq: seq, updatedAt: `at ${seq}` });
  expect(announce).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(announce).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5000);
  expect(announce).toHaveBeenCalledTimes(1);
});

it('[HOST7] tells of growth that was only noted once a second', () => {
  const announce = vi.fn<() => void>();
  const announcer = new RowAnnouncer(row, announce);
  for (let at = 0; at < 100; at++) announcer.noteGrowth();
  expect(announce).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(announce).toHaveBeenCalledTimes(1);
});

it('says nothing of a row that did not change', () => {
  const announce = vi.fn<() => void>();
  const announcer = new RowAnnouncer(row, announce);
  announcer.consider({ ...row });
  vi.advanceTimersByTime(5000);
  announcer.close();
  expect(announce).not.toHaveBeenCalled();
});

it('tells the rest when it is closed', () => {
  const announce = vi.fn<() => void>();
  const announcer = new RowAnnouncer(row, announce);
  announcer.consider({ ...row, lastSeq: 1 });
  announcer.close();
  expect(announce).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5000);
  expect(announce).toHaveBeenCalledTimes(1);
});
