import { expect, it, vi } from 'vitest';
import { ALL_RIGHTS } from '../ui/own-rights.ts';
import { createOwnRights } from './own-rights-store.ts';
import { createFakeLine } from './testing/fake-line.ts';

function started(loadMe: () => Promise<unknown>) {
  const { onState, goTo, goLive } = createFakeLine();
  return { store: createOwnRights({ onState }, loadMe), goTo, goLive };
}

it('[ACC9] knows what the sign-in may do once the connection is live, and all until then', async () => {
  const { store, goLive } = started(() => Promise.resolve({ rights: ['read', 'answer'] }));
  expect(store.get()).toBe(ALL_RIGHTS);
  goLive();
  await expect.poll(() => store.get()).toEqual({ prompt: false, answer: true, manage: false });
});

it('asks anew when the connection is live again', async () => {
  const loadMe = vi.fn(() => Promise.resolve({ rights: ['read'] }));
  loadMe.mockResolvedValueOnce({ rights: ['read', 'prompt'] });
  const { store, goTo, goLive } = started(loadMe);
  goLive();
  await expect.poll(() => store.get().prompt).toBe(true);
  goTo({ state: 'disconnected', reason: 'gone' });
  goLive();
  await expect.poll(() => store.get()).toEqual({ prompt: false, answer: false, manage: false });
  expect(loadMe).toHaveBeenCalledTimes(2);
});
