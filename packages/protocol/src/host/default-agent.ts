import type { Provider } from '../ids.ts';
import type { ProviderInfo } from './provider-info.ts';

/** The last used one, else a real one that is there, else the demo, else whatever can be installed. */
export function defaultAgent(agents: readonly ProviderInfo[], last: string | undefined): Provider | undefined {
  const usable = agents.filter((agent) => agent.status !== 'missing');
  const ready = usable.filter((agent) => agent.status === 'ready');
  const best =
    usable.find((agent) => agent.provider === last) ??
    ready.find((agent) => !agent.isDemo && agent.signIn !== 'needed') ??
    ready.find((agent) => agent.isDemo) ??
    ready[0] ??
    usable[0];
  return best?.provider;
}
