import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { NotConnected } from '../../gallery/not-connected.tsx';
import { sampleSession, sampleSessions } from '../../gallery/sample-sessions.ts';
import { Sidebar, type SidebarProps } from './sidebar.tsx';

const nothing = () => undefined;

const archivedAlive = [
  sampleSession(21, 'Put away while it asks', { archived: true, status: 'waiting', pendingPermissions: 1 }),
  sampleSession(22, 'Put away while it works, with a title that is too long', { archived: true, status: 'working' }),
];

function shown(over: Partial<SidebarProps> = {}): ReactNode {
  return (
    <div className="app list-open">
      <Sidebar
        sessions={sampleSessions}
        state="ready"
        currentId={sampleSessions[3]?.sessionId}
        unread={new Set(sampleSessions.slice(6, 8).map(({ sessionId }) => sessionId))}
        onMenu={nothing}
        onRetry={nothing}
        onNavigate={nothing}
        onHide={nothing}
        foot={null}
        {...over}
      />
      <main aria-label="Page">
        <h1 className="visually-hidden">Sidebar</h1>
      </main>
    </div>
  );
}

export const gallery = defineGallery({
  name: 'sidebar',
  isAlone: true,
  states: {
    'all-kinds': () => shown(),
    'not-connected': () => <NotConnected>{shown()}</NotConnected>,
    running: () => shown({ initialView: 'running' }),
    'nothing-runs': () => shown({ initialView: 'running', sessions: [] }),
    archived: () => shown({ initialView: 'archived' }),
    'archived-yet-alive': () => shown({ sessions: [...archivedAlive, ...sampleSessions.slice(2, 4)] }),
    'archive-empty': () => shown({ initialView: 'archived', sessions: [] }),
    found: () => shown({ initialSearch: 'build' }),
    'none-found': () => shown({ initialSearch: 'no such thing' }),
    none: () => shown({ sessions: [] }),
    loading: () => shown({ sessions: [], state: 'loading' }),
    failed: () => shown({ sessions: [], state: 'failed' }),
    busy: () =>
      shown({
        progress: [
          { name: 'codex', text: 'installing @zed-industries/codex-acp', count: undefined, total: undefined },
          { name: '', text: 'making sessions searchable', count: 340, total: 1200 },
        ],
      }),
  },
});
