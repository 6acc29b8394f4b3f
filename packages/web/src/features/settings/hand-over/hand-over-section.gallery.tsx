import type { ReactNode } from 'react';
import { type HandOverRule, KonuiError, Provider } from '@konui/protocol';
import { defineGallery } from '../../../gallery/define-gallery.ts';
import { SettingsPage } from '../settings-page.tsx';
import { HandOverForm } from './hand-over-form.tsx';
import { HandOverSection } from './hand-over-section.tsx';

const agents = [
  { provider: Provider.parse('claude'), name: 'Claude Code' },
  { provider: Provider.parse('codex'), name: 'Codex' },
];
const rules: readonly HandOverRule[] = [
  { targetUser: 'claude', provider: Provider.parse('claude'), projectPath: '/src/shop', modeId: 'acceptEdits' },
  { targetUser: 'reviewer', provider: Provider.parse('codex'), projectPath: '/src/bank', isPaused: true },
];
const nothing = (): void => undefined;
const later = (): Promise<void> => Promise.resolve();

function section(load: () => Promise<readonly HandOverRule[]>, known = agents): () => ReactNode {
  const api = { rules: load, change: later };
  const loadAgents = () => Promise.resolve(known);
  return () => (
    <main className="gallery-page">
      <SettingsPage section="hand-over">
        <HandOverSection api={api} loadAgents={loadAgents} projects={['/src/shop']} />
      </SettingsPage>
    </main>
  );
}

export const gallery = defineGallery({
  name: 'hand-over-section',
  isAlone: true,
  states: {
    rules: section(() => Promise.resolve(rules)),
    'agent-gone': section(() => Promise.resolve(rules), agents.slice(1)),
    none: section(() => Promise.resolve([])),
    loading: section(() => new Promise(nothing)),
    failed: section(() => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'the server did not answer'))),
    'no-agents': () => <HandOverForm agents={[]} projects={[]} add={later} onClose={nothing} />,
    new: () => <HandOverForm agents={agents} projects={['/src/shop']} add={later} onClose={nothing} />,
  },
});
