import type { SessionOption } from '@konui/protocol';
import * as en from '../../../text/en.ts';

export interface Choice {
  readonly value: string;
  readonly name: string;
  readonly description: string | undefined;
  /** The heading that it stands under. */
  readonly group: string | undefined;
}

/** Something that the agent lets a person choose for the session. */
export interface OptionChoice {
  readonly key: string;
  readonly label: string;
  readonly description: string | undefined;
  readonly isMode: boolean;
  /** Of a switch: `true` or `false`. */
  readonly value: string;
  /** Empty for a switch. */
  readonly choices: readonly Choice[];
  readonly toOption: (value: string) => SessionOption;
}

/** ACP's own objects, and which of them is in force. */
interface Offered {
  readonly current: string | undefined;
  readonly available: readonly unknown[];
}

/** What the agent said of itself. */
export interface AgentOffers {
  readonly modes: Offered | undefined;
  readonly models: Offered | undefined;
  readonly configOptions: readonly unknown[];
}

/**
 * Modes, models and options as choices (ACP, "Session Modes", "Session Config Options"). An agent that offers a mode or
 * a model as an option too means the option.
 */
export function optionChoices({ modes, models, configOptions }: AgentOffers): readonly OptionChoice[] {
  const options = configOptions.flatMap((option) => toConfigChoice(toFields(option)));
  const categories = new Set(configOptions.map((option) => toFields(option)['category']));
  const offered: OptionChoice[] = [];
  const modeChoices = toChoices(modes?.available, 'id');
  if (modeChoices.length > 0 && !categories.has('mode')) {
    offered.push({
      key: 'mode',
      label: en.options.mode,
      description: undefined,
      isMode: true,
      value: modes?.current ?? '',
      choices: modeChoices,
      toOption: (value) => ({ type: 'mode', modeId: value }),
    });
  }
  const modelChoices = toChoices(models?.available, 'modelId');
  if (modelChoices.length > 0 && !categories.has('model')) {
    offered.push({
      key: 'model',
      label: en.options.model,
      description: undefined,
      isMode: false,
      value: models?.current ?? '',
      choices: modelChoices,
      toOption: (value) => ({ type: 'model', modelId: value }),
    });
  }
  return [...offered, ...options];
}

/** The mode after the present one, round and round; undefined where there are not two. */
export function nextMode(choices: readonly OptionChoice[]): { choice: OptionChoice; value: string } | undefined {
  const choice = choices.find(({ isMode }) => isMode);
  if (choice === undefined || choice.choices.length < 2) return undefined;
  const index = choice.choices.findIndex(({ value }) => value === choice.value);
  const next = choice.choices[(index + 1) % choice.choices.length];
  return next === undefined ? undefined : { choice, value: next.value };
}

type Fields = Readonly<Record<string, unknown>>;

function toConfigChoice(option: Fields): OptionChoice[] {
  const configId = toText(option['id']);
  if (configId === undefined) return [];
  const shared = {
    key: `config.${configId}`,
    label: toText(option['name']) ?? configId,
    description: toText(option['description']),
    isMode: option['category'] === 'mode',
  };
  const currentValue = option['currentValue'];
  if (option['type'] === 'boolean') {
    const toOption = (value: string): SessionOption => ({ type: 'config', configId, value: value === 'true' });
    return [{ ...shared, isMode: false, value: String(currentValue === true), choices: [], toOption }];
  }
  const choices = toChoices(option['options'], 'value');
  if (choices.length === 0) return [];
  const toOption = (value: string): SessionOption => ({ type: 'config', configId, value });
  return [{ ...shared, value: toText(currentValue) ?? '', choices, toOption }];
}

/** Choices, or groups of them. */
function toChoices(value: unknown, idField: string, group?: string): readonly Choice[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    const fields = toFields(each);
    if (Array.isArray(fields['options'])) {
      return toChoices(fields['options'], idField, toText(fields['name']) ?? toText(fields['group']));
    }
    const id = toText(fields[idField]);
    if (id === undefined) return [];
    return [{ value: id, name: toText(fields['name']) ?? id, description: toText(fields['description']), group }];
  });
}

function toFields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
