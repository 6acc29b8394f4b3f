import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDraftStorage } from './draft-storage.ts';
import { forgetDrafts } from './forget-drafts.ts';
import { createMemoryStorage } from '../../ui/testing/memory-storage.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const file = { id: 'f', name: 'a.png', mimeType: 'image/png', byteLength: 3, attachment: 'hash' };

describe('drafts of sessions that are gone', () => {
  it('are forgotten when the session is deleted, and kept where it is only not to be seen or not known', async () => {
    const storage = createMemoryStorage();
    const drafts = createDraftStorage(storage);
    for (const id of ['deleted', 'hidden', 'unknown']) drafts.write(id, 'words');
    drafts.writeFiles('deleted', [file]);
    storage.setItem('konui.theme', 'dark');
    const answers = new Map([
      ['deleted', true],
      ['hidden', false],
    ]);
    const asked: string[] = [];
    let changed = (): void => undefined;
    const stop = forgetDrafts({
      sessionList: {
        get: () => ({ state: 'ready', sessions: [], runningCount: 0, isCurrent: true }),
        subscribe: (listener) => {
          changed = listener;
          return () => (changed = () => undefined);
        },
      },
      drafts,
      isDeleted: async (sessionId) => {
        asked.push(sessionId);
        return answers.get(sessionId);
      },
    });
    await vi.advanceTimersByTimeAsync(1000);
    expect(drafts.sessionIds()).toEqual(['hidden', 'unknown']);
    expect(drafts.readFiles('deleted')).toEqual([]);
    expect(storage.getItem('konui.theme')).toBe('dark');
    changed();
    await vi.advanceTimersByTimeAsync(1000);
    expect(asked).toEqual(['deleted', 'hidden', 'unknown', 'unknown']);
    stop();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('are not looked for while the list is not there', async () => {
    const drafts = createDraftStorage(createMemoryStorage());
    drafts.write('a', 'words');
    const stop = forgetDrafts({
      sessionList: {
        get: () => ({ state: 'loading', sessions: [], runningCount: 0, isCurrent: true }),
        subscribe: () => () => undefined,
      },
      drafts,
      isDeleted: async () => true,
    });
    await vi.advanceTimersByTimeAsync(5000);
    expect(drafts.sessionIds()).toEqual(['a']);
    stop();
  });
});
