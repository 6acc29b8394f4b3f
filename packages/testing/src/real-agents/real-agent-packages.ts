import { catalogue } from '@konui/konsole/agent-catalogue';

export type RealAgentName = 'codex' | 'claude' | 'gemini' | 'opencode';

/** The agents that tests can use. They have the versions that Konui installs. */
export const realAgentNames: readonly RealAgentName[] = ['codex', 'claude', 'gemini', 'opencode'];

/** Those that tests need; the others are large, and there for trying out. */
export const defaultAgentNames: readonly RealAgentName[] = ['codex', 'claude'];

export const isRealAgentName = (name: string): name is RealAgentName => realAgentNames.some((known) => known === name);

export function realAgentPackage(name: RealAgentName) {
  const install = catalogue.find((entry) => entry.provider === name)?.install;
  if (!install) throw new Error(`the catalogue does not say how to install ${name}`);
  return install;
}

export type RealAgentPackage = ReturnType<typeof realAgentPackage>;
