import type { Connection, ConnectionState } from '@konui/client';
import { expect, it, vi } from 'vitest';
import { ALL_RIGHTS } from '../ui/own-rights.ts';
import { createOwnRights } from './own-rights-store.ts';

const LIVE: ConnectionState = {
  state: 'live',
  transport: 'websocket',
  hello: {
    kind: 'server_hello',
    protocolVersion: 1,
    serverVersion: '1.0.0',
    connectionId: 'connection',
    buildId: 'build',
    heartbeat: { intervalMs: 1000, staleMs: 3000 },
    limits: { maxFrameBytes: 1000 },
  },
};

function started(loadMe: () => Promise<unknown>) {
  const listeners = new Set<(state: ConnectionState) => void>();
  const onState: Connection['onState'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const store = createOwnRights({ onState }, loadMe);
  return { store, goTo: (state: ConnectionState) => listeners.forEach((listener) => listener(state)) };
}

it('[ACC9] knows what the sign-in may do once the connection is live, and all until then', async () => {
  const { store, goTo } = started(() => Promise.resolve({ rights: ['read', 'answer'] }));
  expect(store.get()).toBe(ALL_RIGHTS);
  goTo(LIVE);
  await expect.poll(() => store.get()).toEqual({ prompt: false, answer: true, manage: false });
});

it('asks anew when the connection is live again', async () => {
  const loadMe = vi.fn(() => Promise.resolve({ rights: ['read'] }));
  loadMe.mockResolvedValueOnce({ rights: ['read', 'prompt'] });
  const { store, goTo } = started(loadMe);
  goTo(LIVE);
  await expect.poll(() => store.get().prompt).toBe(true);
  goTo({ state: 'disconnected', reason: 'gone' });
  goTo(LIVE);
  await expect.poll(() => store.get()).toEqual({ prompt: false, answer: false, manage: false });
  expect(loadMe).toHaveBeenCalledTimes(2);
});
