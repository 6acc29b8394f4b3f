import {
  type AgentSettings,
  type AgentSettingsChange,
  KonuiError,
  Provider,
  type SignIn,
  type VariableSource,
} from '@konui/protocol';
import { changeAgentSettings, readAgentSettings, settingsOf } from './agent-settings-file.ts';
import { readAgentsFile } from './agents-file.ts';
import { catalogue as builtIn } from './catalogue/catalogue.ts';
import type { CatalogueEntry } from './catalogue/catalogue-entry.ts';
import { knownAgents, type KnownAgent } from './known-agents.ts';
import type { Machine } from './machine.ts';

export interface AgentSettingsOptions {
  readonly machine: Machine;
  /** What the agent's last start showed. */
  readonly signInOf: (provider: string) => SignIn | undefined;
  readonly catalogue?: readonly CatalogueEntry[];
}

/** Keys and defaults of the agents: told without their values, changed, and kept in agent-settings.json (SPEC AGT). */
export class AgentSettingsStore {
  readonly #options: AgentSettingsOptions;

  constructor(options: AgentSettingsOptions) {
    this.#options = options;
  }

  /** Throws UNSUPPORTED_PROVIDER. */
  get(provider: string): AgentSettings {
    const { machine, signInOf } = this.#options;
    const agent = this.#require(provider);
    const { environment, defaults } = settingsOf(readAgentSettings(machine.paths.agentSettings), provider);
    const ofFile = agent.source === 'agents.json' ? agent.entry.env : {};
    const sourceOf = (name: string): VariableSource | undefined => {
      if (Object.hasOwn(environment, name)) return 'settings';
      if (Object.hasOwn(ofFile, name)) return 'agents.json';
      return machine.env[name] === undefined ? undefined : 'environment';
    };
    const describe = (name: string): { name: string; isSet: boolean; source?: VariableSource } => {
      const source = sourceOf(name);
      return source === undefined ? { name, isSet: false } : { name, isSet: true, source };
    };
    const keys = agent.catalogued?.keys ?? [];
    const isKey = (name: string): boolean => keys.some((key) => key.name === name);
    const others = [...new Set([...Object.keys(ofFile), ...Object.keys(environment)])].filter((name) => !isKey(name));
    const command = agent.catalogued?.signInCommand?.(machine);
    const known = signInOf(provider);
    const signIn = known ?? (command === undefined ? null : { methods: [], command: [...command] });
    return {
      provider: Provider.parse(provider),
      keys: keys.map(({ name, label }) => ({ ...describe(name), label })),
      environment: others.sort().map(describe),
      defaults,
      signIn,
    };
  }

  /** Agents that start afterwards get it; those that live keep what they have. */
  change(provider: string, change: AgentSettingsChange): AgentSettings {
    this.#require(provider);
    changeAgentSettings(this.#options.machine.paths.agentSettings, provider, change);
    return this.get(provider);
  }

  #require(provider: string): KnownAgent {
    const { machine, catalogue = builtIn } = this.#options;
    const agents = knownAgents(catalogue, readAgentsFile(machine.paths.agentsFile));
    const agent = agents.find((each) => each.provider === provider);
    if (agent !== undefined) return agent;
    const names = agents.map((each) => each.provider).join(', ');
    throw new KonuiError('UNSUPPORTED_PROVIDER', `there is no agent "${provider}"; choose one of ${names}`);
  }
}
