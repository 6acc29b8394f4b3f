import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { NotConnected } from '../../gallery/not-connected.tsx';
import { sampleSession, sampleSessions } from '../../gallery/sample-sessions.ts';
import type { OpenAsk } from './open-ask.ts';
import { StartPage, type StartPageProps } from './start-page.tsx';

const nothing = () => undefined;
const command: OpenAsk = { kind: 'permission', text: 'npm run build -- --watch && rm -rf dist', isCode: true, more: 2 };
const question: OpenAsk = { kind: 'question', text: 'Which database should the tests use?', isCode: false, more: 0 };

function shown(over: Partial<StartPageProps> = {}): ReactNode {
  return (
    <main className="gallery-page">
      <StartPage
        sessions={sampleSessions}
        state="ready"
        unread={new Set([sampleSessions[6]?.sessionId ?? ''])}
        unreadKontasks={3}
        loadAsk={async () => command}
        onRetry={nothing}
        {...over}
      />
    </main>
  );
}

export const gallery = defineGallery({
  name: 'start-page',
  isAlone: true,
  states: {
    'all-kinds': () => shown(),
    'not-connected': () => <NotConnected>{shown()}</NotConnected>,
    question: () =>
      shown({
        sessions: [sampleSession(1, 'Set up the tests', { status: 'waiting', pendingElicitations: 1 })],
        loadAsk: async () => question,
      }),
    'ask-loading': () => shown({ sessions: sampleSessions.slice(0, 1), loadAsk: () => new Promise(nothing) }),
    'archived-yet-alive': () =>
      shown({
        sessions: [
          sampleSession(21, 'Put away while it asks', { archived: true, status: 'waiting', pendingPermissions: 1 }),
          sampleSession(22, 'Put away while it works', { archived: true, status: 'working' }),
          sampleSession(23, 'Put away', { archived: true }),
        ],
      }),
    'first-run': () => shown({ sessions: [] }),
    'all-archived': () => shown({ sessions: sampleSessions.slice(-1) }),
    loading: () => shown({ sessions: [], state: 'loading' }),
    failed: () => shown({ sessions: [], state: 'failed' }),
  },
});
