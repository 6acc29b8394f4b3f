import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCopyKeeper } from './copy-keeper.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function create() {
  const written: number[] = [];
  let onLastChance: (() => void) | undefined;
  const keeper = createCopyKeeper(
    () => written.push(Date.now()),
    (listener) => {
      onLastChance = listener;
      return () => (onLastChance = undefined);
    },
  );
  return { keeper, written, lastChance: () => onLastChance?.(), hears: () => onLastChance !== undefined };
}

describe('the copy of a session', () => {
  it('[C8] is written a second after something came, however much follows', () => {
    const { keeper, written } = create();
    for (let piece = 0; piece < 19; piece += 1) {
      keeper.soon();
      vi.advanceTimersByTime(100);
    }
    expect(written).toHaveLength(1);
    vi.advanceTimersByTime(1000);
    expect(written).toHaveLength(2);
    keeper.close();
  });

  it('[C8] is written at once when the page is hidden, left or without a network, if anything is new', () => {
    const { keeper, written, lastChance, hears } = create();
    lastChance();
    expect(written).toHaveLength(0);
    keeper.soon();
    lastChance();
    lastChance();
    expect(written).toHaveLength(1);
    keeper.soon();
    keeper.close();
    expect(written).toHaveLength(2);
    expect(hears()).toBe(false);
    expect(vi.getTimerCount()).toBe(0);
  });
});
