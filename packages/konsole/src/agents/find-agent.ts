import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { AgentCommand } from './agent-command.ts';
import type { InstallableAgent } from './catalogue/catalogue-entry.ts';
import type { KnownAgent } from './known-agents.ts';
import { findOnPath, isExecutable, type Machine } from './machine.ts';

/** How the agent starts if it is on this machine; quick, starts nothing. */
export function findAgent(machine: Machine, agent: KnownAgent): AgentCommand | undefined {
  if (agent.source === 'agents.json') {
    const command = findConfigured(machine, agent.entry.command);
    return command === undefined ? undefined : { command, args: agent.entry.args };
  }
  const found = agent.catalogued.findOnMachine(machine);
  if (found) return found;
  const { install } = agent.catalogued;
  if (!install || !existsSync(installFolderOf(machine, agent.provider, install))) return undefined;
  return toInstalledCommand(machine, agent.provider, install);
}

/** One folder for each version, so that an agent that still runs keeps its files. */
export const installFolderOf = ({ paths }: Machine, provider: string, { version }: InstallableAgent): string =>
  join(paths.agents, provider, version);

export function toInstalledCommand(machine: Machine, provider: string, install: InstallableAgent): AgentCommand {
  const folder = installFolderOf(machine, provider, install);
  const entry = join(folder, 'node_modules', install.packageName, install.entry);
  if (!install.isJavaScript) return { command: entry, args: install.args };
  return { command: machine.nodePath, args: [entry, ...install.args] };
}

function findConfigured(machine: Machine, command: string): string | undefined {
  if (!command.includes('/')) return findOnPath(machine, command);
  const path = isAbsolute(command) ? command : resolve(dirname(machine.paths.agentsFile), command);
  return isExecutable(path) ? path : undefined;
}
