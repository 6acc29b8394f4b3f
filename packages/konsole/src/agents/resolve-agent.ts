import { KonuiError } from '@konui/protocol';
import type { AgentCommand } from './agent-command.ts';
import { readAgentSettings, settingsOf } from './agent-settings-file.ts';
import { readAgentsFile } from './agents-file.ts';
import { catalogue as builtIn } from './catalogue/catalogue.ts';
import type { CatalogueEntry } from './catalogue/catalogue-entry.ts';
import { findAgent, installFolderOf, toInstalledCommand } from './find-agent.ts';
import { installNpmPackage } from './install-npm-package.ts';
import { knownAgents, type KnownAgent } from './known-agents.ts';
import type { Machine } from './machine.ts';

/** How to start an agent. */
export interface ResolvedAgent {
  readonly provider: string;
  readonly name: string;
  /** An absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  /** To be merged over the environment that agents inherit. */
  readonly env: Readonly<Record<string, string>>;
  /** The agent's own sign-in, for a terminal. */
  readonly signInCommand?: readonly string[];
}

interface InstallProgress {
  readonly provider: string;
  readonly state: 'installing' | 'ready' | 'failed';
  readonly message: string;
}

export interface ResolveOptions extends Machine {
  /** Told when something has to be installed first. */
  readonly onProgress?: (progress: InstallProgress) => void;
  readonly signal?: AbortSignal;
  readonly catalogue?: readonly CatalogueEntry[];
}

/**
 * Finds out how to start an agent, and installs it into the home if it is in the catalogue and not on the machine.
 * Rejects with KonuiError AGENTS_FILE_INVALID, UNSUPPORTED_PROVIDER, AGENT_NOT_INSTALLED or AGENT_INSTALL_FAILED.
 */
export async function resolveAgent(provider: string, options: ResolveOptions): Promise<ResolvedAgent> {
  const { paths, catalogue = builtIn } = options;
  const agents = knownAgents(catalogue, readAgentsFile(paths.agentsFile));
  const agent = agents.find((each) => each.provider === provider);
  if (!agent) {
    const known = agents.map((each) => each.provider).join(', ');
    const detail = `There is no agent "${provider}". Choose one of ${known}, or add it to ${paths.agentsFile}.`;
    throw new KonuiError('UNSUPPORTED_PROVIDER', detail);
  }
  const { command, args } = findAgent(options, agent) ?? (await install(agent, options));
  const signInCommand = agent.catalogued?.signInCommand?.(options);
  const found = { provider, name: agent.name, command, args, env: envOf(agent, options) };
  return signInCommand === undefined ? found : { ...found, signInCommand };
}

async function install(agent: KnownAgent, options: ResolveOptions): Promise<AgentCommand> {
  const { provider, name } = agent;
  const wanted = agent.source === 'catalogue' ? agent.catalogued.install : undefined;
  if (!wanted) throw notInstalled(agent, options);
  const report = (state: InstallProgress['state'], message: string): void =>
    options.onProgress?.({ provider, state, message });
  report('installing', `Installing ${name} ${wanted.version} (about ${wanted.approxMegabytes} MB, only once) …`);
  try {
    await installNpmPackage(installFolderOf(options, provider, wanted), wanted, options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const detail = `${name} could not be installed: ${reason}. Try again, or install it yourself and put it on the PATH.`;
    report('failed', detail);
    throw new KonuiError('AGENT_INSTALL_FAILED', detail, { cause: error });
  }
  report('ready', `${name} is installed.`);
  return toInstalledCommand(options, provider, wanted);
}

function notInstalled({ provider, name, ...agent }: KnownAgent, { paths }: Machine): KonuiError {
  const detail =
    agent.source === 'agents.json'
      ? `${name} starts with the command "${agent.entry.command}", which was not found. Install it, or correct ` +
        `"command" of "${provider}" in ${paths.agentsFile}.`
      : `${name} is not on this machine. Install it and put it on the PATH.`;
  return new KonuiError('AGENT_NOT_INSTALLED', detail);
}

/** What a person set counts more than a default: on the settings page, in agents.json, and in the environment that Konui was started with. */
function envOf(agent: KnownAgent, machine: Machine): Record<string, string> {
  const defaults = Object.entries(agent.catalogued?.defaultEnv?.(machine) ?? {});
  return {
    ...Object.fromEntries(defaults.filter(([variable]) => machine.env[variable] === undefined)),
    ...(agent.source === 'agents.json' ? agent.entry.env : {}),
    ...settingsOf(readAgentSettings(machine.paths.agentSettings), agent.provider).environment,
  };
}
