import type { ProviderInfo } from '@konui/protocol';

/** Who is new here sees the demo first; then what is ready, what can be installed, and what is missing. */
export function inOrder(agents: readonly ProviderInfo[], isNewHere: boolean): readonly ProviderInfo[] {
  const places = { ready: 1, installable: 2, missing: 3 };
  const place = (agent: ProviderInfo): number => (agent.isDemo ? (isNewHere ? 0 : 4) : places[agent.status]);
  return agents.toSorted((one, other) => place(one) - place(other));
}

/** Only the demo can work: a person has to install an agent, or try that one. */
export function hasRealAgent(agents: readonly ProviderInfo[]): boolean {
  return agents.some((agent) => !agent.isDemo && agent.status !== 'missing');
}
