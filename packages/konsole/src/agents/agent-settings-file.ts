import { readFileSync } from 'node:fs';
import { writeFileAtomically } from '@konui/log';
import { AgentDefaults, type AgentSettingsChange, KonuiError, type SessionOption } from '@konui/protocol';
import { z } from 'zod';

const StoredSettings = z.object({
  /** Secrets: they reach the agent's environment, and nobody else. */
  environment: z.record(z.string(), z.string()).default({}),
  defaults: z.custom<AgentDefaults>((value) => AgentDefaults.safeParse(value).success).default({}),
});
export type StoredSettings = z.infer<typeof StoredSettings>;

/** `agent-settings.json`, mode 0600: konsole writes it, runners read it when they start an agent. */
const AgentSettingsFile = z.object({ agents: z.record(z.string(), StoredSettings).default({}) });
export type AgentSettingsFile = z.infer<typeof AgentSettingsFile>;

/** None is as good as an empty one. Throws AGENTS_FILE_INVALID. */
export function readAgentSettings(path: string): AgentSettingsFile {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { agents: {} };
    throw error;
  }
  const parsed = AgentSettingsFile.safeParse(parseJson(text));
  // Its words may hold a key, so that the cause is left out.
  if (!parsed.success)
    throw new KonuiError('AGENTS_FILE_INVALID', `${path} is damaged. Remove it and set the keys again.`);
  return parsed.data;
}

export function settingsOf(file: AgentSettingsFile, provider: string): StoredSettings {
  return (
    (Object.hasOwn(file.agents, provider) ? file.agents[provider] : undefined) ?? { environment: {}, defaults: {} }
  );
}

/** On return the change is on the disk. */
export function changeAgentSettings(path: string, provider: string, change: AgentSettingsChange): void {
  const file = readAgentSettings(path);
  const { environment, defaults } = settingsOf(file, provider);
  const variables = new Map(Object.entries(environment));
  for (const [name, value] of Object.entries(change.environment ?? {})) {
    if (value === null) variables.delete(name);
    else variables.set(name, value);
  }
  const changed = { environment: Object.fromEntries(variables), defaults: change.defaults ?? defaults };
  writeFileAtomically(path, `${JSON.stringify({ agents: { ...file.agents, [provider]: changed } })}\n`);
}

/** What a new session of the agent begins with. */
export function toDefaultOptions(file: AgentSettingsFile, provider: string): SessionOption[] {
  const { modelId, modeId, config = {} } = settingsOf(file, provider).defaults;
  return [
    // The model first: agents offer other modes and options with another one.
    ...(modelId === undefined ? [] : [{ type: 'model' as const, modelId }]),
    ...(modeId === undefined ? [] : [{ type: 'mode' as const, modeId }]),
    ...Object.entries(config).map(([configId, value]) => ({ type: 'config' as const, configId, value })),
  ];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
