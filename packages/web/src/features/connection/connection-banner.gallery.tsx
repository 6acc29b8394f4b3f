import type { ReactNode } from 'react';
import type { ConnectionState } from '@konui/client';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import type { ConnectionFacts } from './connection-notice.ts';

const live: ConnectionState = {
  state: 'live',
  transport: 'websocket',
  hello: {
    kind: 'server_hello',
    connectionId: 'c',
    protocolVersion: 1,
    serverVersion: '1',
    buildId: 'b',
    heartbeat: { intervalMs: 30_000, staleMs: 90_000 },
    limits: { maxFrameBytes: 1 },
  },
};
const waiting: ConnectionState = { state: 'waiting', attempt: 2, nextAttemptAt: 0, isRestart: false };

function banner(facts: Partial<ConnectionFacts>): () => ReactNode {
  const nothing = (): void => undefined;
  const usual = { connection: live, downSince: 0, isOffline: false, waitingPrompts: 0, missingEvents: 0 };
  const whole = { ...usual, isHostUnreachable: false, isOutdated: false, ...facts };
  return () => <ConnectionBanner {...whole} onRetry={nothing} onSignIn={nothing} onReload={nothing} />;
}

export const gallery = defineGallery({
  name: 'connection-banner',
  states: {
    live: banner({}),
    connecting: banner({ connection: { state: 'connecting', attempt: 1, isRestart: false } }),
    reconnecting: banner({ connection: { state: 'connecting', attempt: 3, isRestart: false }, waitingPrompts: 1 }),
    waiting: banner({ connection: waiting }),
    'waiting-with-prompts': banner({ connection: waiting, waitingPrompts: 3 }),
    restarting: banner({ connection: { ...waiting, isRestart: true } }),
    offline: banner({ connection: waiting, isOffline: true }),
    'offline-with-prompts': banner({ connection: waiting, isOffline: true, waitingPrompts: 2 }),
    'catching-up': banner({ missingEvents: 1200 }),
    disconnected: banner({ connection: { state: 'disconnected', reason: 'no answer' } }),
    'sign-in-ended': banner({ connection: { state: 'refused', code: 'UNAUTHORIZED' } }),
    'host-unreachable': banner({ isHostUnreachable: true }),
    'new-version': banner({ isOutdated: true }),
  },
});
