import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createKeptDrafts } from './kept-drafts.ts';
import { createMemoryStorage } from './testing/memory-storage.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const parse = (kept: object) => ('text' in kept && typeof kept.text === 'string' ? { text: kept.text } : undefined);
const open = (storage = createMemoryStorage()) => createKeptDrafts({ storage, prefix: 'konui.odd.', parse });

describe('drafts that are kept', () => {
  it('outlive a reload until they are forgotten, each under its name', () => {
    const storage = createMemoryStorage();
    storage.setItem('konui.theme', 'dark');
    open(storage).write('a', { text: 'one' });
    open(storage).write('b', { text: 'two' });
    expect(open(storage).names()).toEqual(['a', 'b']);
    open(storage).forget('a');
    expect([open(storage).read('a'), open(storage).read('b')]).toEqual([undefined, { text: 'two' }]);
  });

  it.each(['{', '[]', '{}', '{"at":"1","text":"x"}', '{"at":1,"text":2}'])('are none where %s is kept', (kept) => {
    const storage = createMemoryStorage();
    storage.setItem('konui.odd.a', kept);
    expect(open(storage).read('a')).toBeUndefined();
  });

  it('are twenty, of which the one that was left first goes', () => {
    const drafts = open();
    for (let n = 0; n < 21; n += 1) {
      vi.advanceTimersByTime(1);
      drafts.write(String(n), { text: '' });
    }
    expect(drafts.names()).toHaveLength(20);
    expect(drafts.read('0')).toBeUndefined();
  });
});
