import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createToasts } from './toasts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = (toasts: ReturnType<typeof createToasts>) => toasts.get().map(({ text }) => text);

describe('toasts', () => {
  it('go after their time', () => {
    const toasts = createToasts({ shownMs: 100 });
    toasts.show({ text: 'a' });
    vi.advanceTimersByTime(99);
    expect(texts(toasts)).toEqual(['a']);
    vi.advanceTimersByTime(1);
    expect(texts(toasts)).toEqual([]);
  });

  it('are at most three, and the oldest makes room', () => {
    const toasts = createToasts();
    for (const text of ['a', 'b', 'c', 'd']) toasts.show({ text });
    expect(texts(toasts)).toEqual(['b', 'c', 'd']);
    toasts.close();
  });

  it('stay while somebody is at them, and then for their whole time', () => {
    const toasts = createToasts({ shownMs: 100 });
    toasts.show({ text: 'a' });
    vi.advanceTimersByTime(90);
    toasts.pause();
    vi.advanceTimersByTime(1000);
    toasts.show({ text: 'b' });
    vi.advanceTimersByTime(1000);
    expect(texts(toasts)).toEqual(['a', 'b']);
    toasts.goOn();
    vi.advanceTimersByTime(99);
    expect(texts(toasts)).toEqual(['a', 'b']);
    vi.advanceTimersByTime(1);
    expect(texts(toasts)).toEqual([]);
  });

  it('do not stand still for ever when the one under the pointer was closed', () => {
    const toasts = createToasts({ shownMs: 100 });
    toasts.show({ text: 'a' });
    toasts.pause();
    toasts.dismiss(1);
    toasts.show({ text: 'b' });
    vi.advanceTimersByTime(100);
    expect(texts(toasts)).toEqual([]);
  });
});
