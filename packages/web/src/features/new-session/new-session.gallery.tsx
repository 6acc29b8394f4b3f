import { Provider, type ProviderInfo } from '@konui/protocol';
import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import * as en from '../../text/en.ts';
import { FolderField } from './folder-field.tsx';
import { NewSessionPage, type NewSessionPageProps } from './new-session-page.tsx';
import { SetupPage } from './setup-page.tsx';

const agent = (provider: string, name: string, over: Partial<ProviderInfo> = {}): ProviderInfo => ({
  provider: Provider.parse(provider),
  name,
  source: 'catalogue',
  status: 'ready',
  isDemo: false,
  ...over,
});
const demo = agent('demo', 'Demo', { isDemo: true });
const missing = agent('gemini', 'Gemini CLI', { status: 'missing', hint: 'Run `npm install -g gemini-cli`.' });
const agents = [
  agent('claude', 'Claude Code'),
  agent('codex', 'Codex', { status: 'installable', installMegabytes: 48 }),
  agent('cursor', 'Cursor', { signIn: 'needed' }),
  missing,
  demo,
];
const later = async () => undefined;
const listFolders = async () => ({
  path: '/home/me',
  parent: '/home',
  isGitRepository: false,
  folders: [
    { name: 'shop', path: '/home/me/shop', isGitRepository: true },
    { name: 'notes', path: '/home/me/notes', isGitRepository: false },
  ],
});
const recentFolders = ['/home/me/shop', '/srv/a-folder-with-a-name-that-is-far-too-long-for-any-phone'];

function shown(over: Partial<NewSessionPageProps> = {}): ReactNode {
  return (
    <main className="gallery-page">
      <NewSessionPage
        loadAgents={async () => agents}
        listFolders={listFolders}
        createFolder={later}
        recentFolders={recentFolders}
        folder={undefined}
        lastAgent="claude"
        create={later}
        {...over}
      />
    </main>
  );
}

function setup(step: 1 | 2 | 3, loadAgents = async () => agents): ReactNode {
  return (
    <main className="gallery-page">
      <SetupPage
        loadAgents={loadAgents}
        listFolders={listFolders}
        createFolder={later}
        recentFolders={step === 2 ? recentFolders : []}
        start={later}
        initialStep={step}
      />
    </main>
  );
}

export const gallery = defineGallery({
  name: 'new-session',
  isAlone: true,
  states: {
    'all-kinds': () => shown(),
    'first-time': () => shown({ recentFolders: [], lastAgent: undefined }),
    'no-agent': () => shown({ loadAgents: async () => [missing, demo] }),
    loading: () => shown({ loadAgents: () => new Promise(() => undefined) }),
    failed: () => shown({ loadAgents: () => Promise.reject(new Error('away')) }),
    'folder-missing': () => (
      <main className="gallery-page">
        <div className="page-scroll">
          <div className="page new-session">
            <h1>{en.newSession.title}</h1>
            <FolderField
              value="/home/me/shop/new"
              onChange={() => undefined}
              recent={recentFolders}
              listFolders={listFolders}
              problem="There is no folder /home/me/shop/new on the agent’s machine."
              onCreate={() => undefined}
            />
          </div>
        </div>
      </main>
    ),
    'setup-agent': () => setup(1),
    'setup-no-agent': () => setup(1, async () => [missing, demo]),
    'setup-folder': () => setup(2),
    'setup-prompt': () => setup(3),
  },
});
