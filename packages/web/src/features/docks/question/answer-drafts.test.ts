import { expect, it } from 'vitest';
import { createAnswerDrafts } from './answer-drafts.ts';

function memory() {
  const items = new Map<string, string>();
  return {
    get length() {
      return items.size;
    },
    key: (index: number) => [...items.keys()][index] ?? null,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

it('keeps a half-filled answer until it is given', () => {
  const drafts = createAnswerDrafts(memory());
  drafts.write('q', { name: 'x', parts: ['a'], isDark: true });
  expect(drafts.read('q')).toEqual({ name: 'x', parts: ['a'], isDark: true });
  drafts.forget('q');
  expect(drafts.read('q')).toBeUndefined();
});

it('forgets what another version wrote, and the oldest of many', () => {
  const storage = memory();
  storage.setItem('konui.answer.odd', '{"at":1,"values":{"a":{}}}');
  const drafts = createAnswerDrafts(storage);
  expect(drafts.read('odd')).toBeUndefined();
  for (let n = 0; n < 25; n += 1) drafts.write(`q${n}`, { n: String(n) });
  expect(storage.length).toBe(20);
});
