import type { AgentEntries, AgentEntry } from './agents-file.ts';
import type { CatalogueEntry } from './catalogue/catalogue-entry.ts';

/** An agent that can be asked for: from the catalogue, from agents.json, or from both, and then agents.json counts. */
export type KnownAgent = { readonly provider: string; readonly name: string } & (
  | { readonly source: 'catalogue'; readonly catalogued: CatalogueEntry }
  | { readonly source: 'agents.json'; readonly entry: AgentEntry; readonly catalogued?: CatalogueEntry }
);

/** All agents, the catalogue's first. */
export function knownAgents(catalogue: readonly CatalogueEntry[], entries: AgentEntries): KnownAgent[] {
  const catalogued = catalogue.map((agent) => toKnown(agent.provider, agent, entries.get(agent.provider)));
  const added = [...entries]
    .filter(([provider]) => !catalogue.some((agent) => agent.provider === provider))
    .map(([provider, entry]) => toKnown(provider, undefined, entry));
  return [...catalogued, ...added].filter((agent) => agent !== undefined);
}

function toKnown(
  provider: string,
  catalogued: CatalogueEntry | undefined,
  entry: AgentEntry | undefined,
): KnownAgent | undefined {
  const name = entry?.name ?? catalogued?.name ?? provider;
  if (entry) return { provider, name, source: 'agents.json', entry, ...(catalogued ? { catalogued } : {}) };
  return catalogued && { provider, name, source: 'catalogue', catalogued };
}
