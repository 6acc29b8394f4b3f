import { expect, it } from 'vitest';
import { createMemoryStorage } from '../../../ui/testing/memory-storage.ts';
import { createAnswerDrafts } from './answer-drafts.ts';

it('keeps a half-filled answer until it is given', () => {
  const drafts = createAnswerDrafts(createMemoryStorage());
  drafts.write('q', { name: 'x', parts: ['a'], isDark: true });
  expect(drafts.read('q')).toEqual({ name: 'x', parts: ['a'], isDark: true });
  drafts.forget('q');
  expect(drafts.read('q')).toBeUndefined();
});

it('forgets what another version wrote, and the oldest of many', () => {
  const storage = createMemoryStorage();
  storage.setItem('konui.answer.odd', '{"at":1,"values":{"a":{}}}');
  const drafts = createAnswerDrafts(storage);
  expect(drafts.read('odd')).toBeUndefined();
  for (let n = 0; n < 25; n += 1) drafts.write(`q${n}`, { n: String(n) });
  expect(storage.length).toBe(20);
});
