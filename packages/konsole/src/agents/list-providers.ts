import { Provider, type ProviderInfo } from '@konui/protocol';
import { readAgentsFile } from './agents-file.ts';
import { catalogue as builtIn } from './catalogue/catalogue.ts';
import type { CatalogueEntry } from './catalogue/catalogue-entry.ts';
import { findAgent } from './find-agent.ts';
import { knownAgents, type KnownAgent } from './known-agents.ts';
import { findOnPath, type Machine } from './machine.ts';

/** All agents and whether they can be used here; no network, no process. Throws KonuiError AGENTS_FILE_INVALID. */
export function listProviders(machine: Machine, catalogue: readonly CatalogueEntry[] = builtIn): ProviderInfo[] {
  return knownAgents(catalogue, readAgentsFile(machine.paths.agentsFile)).map((agent) => toInfo(machine, agent));
}

function toInfo(machine: Machine, agent: KnownAgent): ProviderInfo {
  const { source, name, catalogued } = agent;
  const common = { provider: Provider.parse(agent.provider), name, source };
  const isDemo = source === 'catalogue' && catalogued?.isDemo === true;
  const hint = catalogued?.signInHint === undefined ? {} : { hint: catalogued.signInHint };
  if (findAgent(machine, agent)) return { ...common, isDemo, status: 'ready', ...hint };

  if (agent.source === 'agents.json') {
    const missing = `The command "${agent.entry.command}" was not found; install it or correct agents.json.`;
    return { ...common, isDemo, status: 'missing', hint: missing };
  }
  const install = agent.catalogued.install;
  if (install && findOnPath(machine, 'npm') !== undefined) {
    return { ...common, isDemo, status: 'installable', installMegabytes: install.approxMegabytes, ...hint };
  }
  return { ...common, isDemo, status: 'missing', hint: `Install ${name} and put it on the PATH.` };
}
