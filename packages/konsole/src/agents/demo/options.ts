import type { SessionConfigOption, SessionModeState } from '@agentclientprotocol/sdk';
import { z } from 'zod';

/** What a person has chosen in a session with the demo agent. */
export interface DemoChoices {
  modeId: string;
  modelId: string;
  thinking: string;
  tips: boolean;
}

export const DEFAULT_CHOICES: Readonly<DemoChoices> = {
  modeId: 'ask',
  modelId: 'brisk',
  thinking: 'short',
  tips: true,
};

const modes = [
  { id: 'ask', name: 'Ask', description: 'Ask before files are changed and commands are run' },
  { id: 'code', name: 'Code', description: 'Change files without asking; ask before commands' },
];
const models = [
  { modelId: 'brisk', name: 'Brisk', description: 'Writes as fast as a model does' },
  { modelId: 'calm', name: 'Calm', description: 'Writes slowly enough to read along' },
];
const thinking = [
  { value: 'none', name: 'None' },
  { value: 'short', name: 'Short' },
  { value: 'long', name: 'Long', description: 'Thinks three times' },
];

export const toModes = ({ modeId }: DemoChoices): SessionModeState => ({
  currentModeId: modeId,
  availableModes: modes,
});

/** Not in ACP's schema yet, but what agents send. */
export const toModels = ({ modelId }: DemoChoices): object => ({ currentModelId: modelId, availableModels: models });

export function toConfigOptions(choices: DemoChoices): SessionConfigOption[] {
  return [
    {
      type: 'select',
      id: 'thinking',
      name: 'Thinking',
      description: 'How much it thinks before it answers',
      category: 'thought_level',
      currentValue: choices.thinking,
      options: thinking,
    },
    {
      type: 'boolean',
      id: 'tips',
      name: 'Tips',
      description: 'Say now and then what else there is',
      currentValue: choices.tips,
    },
  ];
}

export const isMode = (modeId: string): boolean => modes.some(({ id }) => id === modeId);

/** The params of `session/set_model`; throws for what is none of them. */
export const parseSetModel = (params: unknown): { sessionId: string; modelId: string } =>
  z.object({ sessionId: z.string(), modelId: z.enum(['brisk', 'calm']) }).parse(params);

/** Returns false for a value that is not offered. */
export function setConfigOption(choices: DemoChoices, configId: string, value: string | boolean): boolean {
  if (configId === 'tips' && typeof value === 'boolean') choices.tips = value;
  else if (configId === 'thinking' && thinking.some((option) => option.value === value))
    choices.thinking = String(value);
  else return false;
  return true;
}
