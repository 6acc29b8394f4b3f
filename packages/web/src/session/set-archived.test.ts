import type { SessionInfo } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { sampleSession } from '../gallery/sample-sessions.ts';
import type { Toast } from '../ui/toast/toasts.ts';
import { setArchived } from './set-archived.ts';

type Shown = Pick<Toast, 'text' | 'action'>;

function using(change: (archived: boolean | undefined) => Promise<SessionInfo>) {
  const shown: Shown[] = [];
  const asked: unknown[] = [];
  const parts = {
    sessions: {
      change: (_id: string, { archived }: { archived?: boolean | undefined }) => {
        asked.push(archived);
        return change(archived);
      },
    },
    toasts: { show: (toast: Shown) => void shown.push(toast) },
  };
  return { parts, shown, asked };
}

const idle = sampleSession(1, 'Old plans');

describe('archiving', () => {
  it('is said with a way back, which takes the session out again', async () => {
    const { parts, shown, asked } = using((archived) => Promise.resolve({ ...idle, archived: archived === true }));
    await setArchived(parts, idle, true);
    expect(shown[0]?.text).toBe('“Old plans” is in the archive');
    shown[0]?.action?.run();
    await expect.poll(() => shown[1]?.text).toBe('“Old plans” is back in the list');
    expect(asked).toEqual([true, false]);
  });

  it('says that a session stays listed while something goes on in it', async () => {
    const { parts, shown } = using(() => Promise.resolve({ ...idle, status: 'working', archived: true }));
    await setArchived(parts, idle, true);
    expect(shown[0]?.text).toBe('“Old plans” is in the archive, and stays listed while it runs or needs you');
  });

  it('says why it did not work', async () => {
    const { parts, shown } = using(() => Promise.reject(new Error('no such session')));
    await setArchived(parts, idle, true);
    expect(shown).toEqual([{ text: 'That did not work: no such session' }]);
  });
});
