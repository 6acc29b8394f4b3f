import type { SessionOption } from '@konui/protocol';
import { type Fields, isFields, toText } from './blocks.ts';
import type { Choice, ConversationState } from './conversation-state.ts';

type Offer = Pick<ConversationState, 'modes' | 'models' | 'configOptions' | 'promptCapabilities'>;

/** What an `agent_ready` says that the agent offers. */
export function toOffer(body: {
  modes?: unknown;
  models?: unknown;
  configOptions?: readonly unknown[] | undefined;
  promptCapabilities?: Fields | undefined;
}): Offer {
  const { modes, models, configOptions, promptCapabilities } = body;
  return {
    modes: toChoice(modes, 'currentModeId', 'availableModes'),
    models: toChoice(models, 'currentModelId', 'availableModels'),
    configOptions: configOptions ?? [],
    promptCapabilities,
  };
}

/** The choice that the agent took, in the place of the one before. */
export function choose(offer: Offer, option: SessionOption): Partial<Offer> {
  switch (option.type) {
    case 'mode':
      return { ...withCurrent('modes', offer.modes, option.modeId), ...inOptions(offer, 'mode', option.modeId) };
    case 'model':
      return { ...withCurrent('models', offer.models, option.modelId), ...inOptions(offer, 'model', option.modelId) };
    case 'config': {
      const { configId, value } = option;
      return {
        configOptions: offer.configOptions.map((known) =>
          isFields(known) && known['id'] === configId ? { ...known, currentValue: value } : known,
        ),
      };
    }
  }
}

function withCurrent(name: 'modes' | 'models', choice: Choice | undefined, current: string): Partial<Offer> {
  return choice === undefined ? {} : { [name]: { ...choice, current } };
}

/** Agents offer modes and models also as options of these categories (ACP, "Session Config Options"). */
function inOptions({ configOptions }: Offer, category: string, value: string): Partial<Offer> {
  const isMeant = (known: unknown): known is Fields =>
    isFields(known) &&
    known['category'] === category &&
    JSON.stringify(known['options'] ?? []).includes(JSON.stringify(value));
  if (!configOptions.some(isMeant)) return {};
  return { configOptions: configOptions.map((known) => (isMeant(known) ? { ...known, currentValue: value } : known)) };
}

function toChoice(value: unknown, current: string, available: string): Choice | undefined {
  if (!isFields(value) || !Array.isArray(value[available])) return undefined;
  return { current: toText(value[current]), available: value[available].filter(isFields) };
}
