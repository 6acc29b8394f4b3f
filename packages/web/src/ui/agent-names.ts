import { createContext, useContext } from 'react';

/** What agents are called, by their ids; one that nobody has told of yet is called by its id. */
export type AgentNames = ReadonlyMap<string, string>;

const AgentNamesContext = createContext<AgentNames>(new Map());

export const AgentNamesProvider = AgentNamesContext.Provider;

export function useAgentNames(): AgentNames {
  return useContext(AgentNamesContext);
}

export function agentName(names: AgentNames, provider: string): string {
  return names.get(provider) ?? provider;
}
