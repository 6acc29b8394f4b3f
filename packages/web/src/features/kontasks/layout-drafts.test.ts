import type { LayoutFileAnswer } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMemoryStorage } from '../../ui/testing/memory-storage.ts';
import type { ReadyDraft } from './layout-draft.ts';
import { createLayoutDrafts } from './layout-drafts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const base: LayoutFileAnswer = { type: 'a', file: 'a.json', text: 'saved', version: '1' };
const draft = (typed: string | undefined, of: LayoutFileAnswer | null = base): ReadyDraft => ({
  state: 'ready',
  base: of,
  typed,
  other: undefined,
});

describe('[B6] a layout that is not saved', () => {
  it('is there again with the file that it was made from, until it is saved or taken back', () => {
    const storage = createMemoryStorage();
    storage.setItem('konui.theme', 'dark');
    createLayoutDrafts(storage).write('team/a', draft('mine'));
    createLayoutDrafts(storage).write('new', draft('', null));
    const drafts = createLayoutDrafts(storage);
    expect(drafts.types()).toEqual(['team/a', 'new']);
    expect(drafts.read('team/a')).toEqual(draft('mine'));
    expect(drafts.read('new')).toEqual(draft('', null));
    expect(drafts.read('other')).toBeUndefined();
    drafts.write('team/a', draft(undefined));
    drafts.write('new', draft('saved'));
    expect(drafts.types()).toEqual([]);
    expect(storage.length).toBe(1);
  });

  it('makes room for newer ones, and one that cannot be read is none', () => {
    const storage = createMemoryStorage();
    const drafts = createLayoutDrafts(storage);
    for (let n = 0; n < 22; n += 1) {
      vi.advanceTimersByTime(1);
      drafts.write(`type-${n}`, draft('mine'));
    }
    expect(drafts.types()).toHaveLength(20);
    expect(drafts.read('type-1')).toBeUndefined();
    expect(drafts.read('type-2')).toEqual(draft('mine'));
    storage.setItem('konui.layout.odd', '{"at": 1, "base": 2, "typed": "x"}');
    storage.setItem('konui.layout.broken', '{');
    expect([drafts.read('odd'), drafts.read('broken')]).toEqual([undefined, undefined]);
  });
});
