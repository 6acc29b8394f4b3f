import type { ReactNode } from 'react';
import { type AgentSettings, KonuiError, type ProviderInfo } from '@konui/protocol';
import { Provider } from '@konui/protocol';
import { defineGallery } from '../../../gallery/define-gallery.ts';
import { SettingsPage } from '../settings-page.tsx';
import { AddVariable } from './add-variable.tsx';
import { AgentDetails } from './agent-details.tsx';
import { AgentsSection } from './agents-section.tsx';
import type { AgentsApi } from './agents-api.ts';

const provider = Provider.parse('claude');
const agent: ProviderInfo = { provider, name: 'Claude Code', source: 'catalogue', status: 'ready', isDemo: false };
const agents: readonly ProviderInfo[] = [
  agent,
  { ...agent, provider: Provider.parse('codex'), name: 'Codex', status: 'installable', installMegabytes: 90 },
  {
    ...agent,
    provider: Provider.parse('other'),
    name: 'Other',
    status: 'missing',
    hint: 'Uses the account of Other: run `other login` once.',
  },
];
const settings: AgentSettings = {
  provider,
  keys: [
    { name: 'ANTHROPIC_API_KEY', label: 'API key', isSet: true, source: 'settings' },
    { name: 'ANTHROPIC_AUTH_TOKEN', label: 'Token of a subscription (from `claude setup-token`)', isSet: false },
  ],
  environment: [{ name: 'HTTPS_PROXY', isSet: true, source: 'environment' }],
  defaults: { modeId: 'plan' },
  signIn: {
    command: ['claude', '/login'],
    methods: [{ id: 'browser', name: 'the browser', description: 'Opens a page of the agent’s maker' }],
  },
};
const nothing: AgentSettings = { provider, keys: [], environment: [], defaults: {}, signIn: null };

function api(answer: () => Promise<AgentSettings>): AgentsApi {
  return { settings: answer, change: answer, authenticate: () => Promise.resolve() };
}

function list(loadAgents: () => Promise<readonly ProviderInfo[]>): () => ReactNode {
  return () => (
    <main className="gallery-page">
      <SettingsPage section="agents">
        <AgentsSection loadAgents={loadAgents} api={api(() => Promise.resolve(settings))} />
      </SettingsPage>
    </main>
  );
}

function details(answer: () => Promise<AgentSettings>): () => ReactNode {
  return () => (
    <main className="gallery-page">
      <SettingsPage section="agents">
        <AgentDetails agent={agent} api={api(answer)} />
      </SettingsPage>
    </main>
  );
}

export const gallery = defineGallery({
  name: 'agents-section',
  isAlone: true,
  states: {
    list: list(() => Promise.resolve(agents)),
    none: list(() => Promise.resolve([])),
    details: details(() => Promise.resolve(settings)),
    'nothing-set': details(() => Promise.resolve(nothing)),
    failed: details(() => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'the agent host did not answer'))),
    'add-variable': () => (
      <main className="gallery-page settings-section">
        <AddVariable add={() => Promise.resolve(true)} />
      </main>
    ),
  },
});
