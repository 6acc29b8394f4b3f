import { methods } from '@agentclientprotocol/sdk';
import { isRecord, type SessionOption } from '@konui/protocol';

type Fields = Readonly<Record<string, unknown>>;

/** What an agent lets a person choose, in ACP's own fields, with what is chosen now. */
export interface AgentOffer {
  /** `{currentModeId, availableModes}`. */
  readonly modes?: Fields;
  /** `{currentModelId, availableModels}`: not in the SDK (2.4.0), but in what agents send (Codex 2.6.0). */
  readonly models?: Fields;
  readonly configOptions?: readonly unknown[];
}

/** A request that makes the agent take a choice; all but its session. */
export interface OptionRequest {
  readonly method: string;
  readonly params: Fields;
}

const SET_MODEL = 'session/set_model';

/** From the answer to `session/new`, `load` or `resume`. */
export function toAgentOffer(answer: Fields): AgentOffer {
  const { modes, models, configOptions } = answer;
  return {
    ...(isRecord(modes) ? { modes } : {}),
    ...(isRecord(models) ? { models } : {}),
    ...(Array.isArray(configOptions) ? { configOptions } : {}),
  };
}

/** The offer after an update of the agent, or after its answer to a choice; the same object where nothing changed. */
export function updateOffer(offer: AgentOffer, update: Fields): AgentOffer {
  const { currentModeId, configOptions } = update;
  const isMode = update['sessionUpdate'] === 'current_mode_update' && typeof currentModeId === 'string';
  if (isMode) return { ...offer, modes: { ...offer.modes, currentModeId } };
  return Array.isArray(configOptions) ? { ...offer, configOptions } : offer;
}

/** How the agent is asked for it; undefined where it does not offer that. */
export function toOptionRequest(offer: AgentOffer, option: SessionOption): OptionRequest | undefined {
  switch (option.type) {
    case 'mode': {
      const { modeId } = option;
      const isOffered = idsOf(offer.modes?.['availableModes'], 'id').includes(modeId);
      if (isOffered) return { method: methods.agent.session.setMode, params: { modeId } };
      return toConfigRequest(findOption(offer, 'category', 'mode'), modeId);
    }
    case 'model': {
      const { modelId } = option;
      const isOffered = idsOf(offer.models?.['availableModels'], 'modelId').includes(modelId);
      if (isOffered) return { method: SET_MODEL, params: { modelId } };
      return toConfigRequest(findOption(offer, 'category', 'model'), modelId);
    }
    case 'config':
      return toConfigRequest(findOption(offer, 'id', option.configId), option.value);
  }
}

/** The offer after the agent took this choice. */
export function withChoice(offer: AgentOffer, { params }: OptionRequest): AgentOffer {
  const { modeId, modelId, configId, value } = params;
  if (modeId !== undefined) {
    return {
      ...offer,
      modes: { ...offer.modes, currentModeId: modeId },
      ...withValue(offer, { field: 'category', wanted: 'mode', value: modeId }),
    };
  }
  if (modelId !== undefined) {
    const models = { ...offer.models, currentModelId: modelId };
    return { ...offer, models, ...withValue(offer, { field: 'category', wanted: 'model', value: modelId }) };
  }
  return { ...offer, ...withValue(offer, { field: 'id', wanted: configId, value }) };
}

/** Whether it is chosen already. */
export function isChosen(offer: AgentOffer, { params }: OptionRequest): boolean {
  const { modeId, modelId, configId, value } = params;
  if (modeId !== undefined) return offer.modes?.['currentModeId'] === modeId;
  if (modelId !== undefined) return offer.models?.['currentModelId'] === modelId;
  return findOption(offer, 'id', configId)?.['currentValue'] === value;
}

function toConfigRequest(known: Fields | undefined, value: string | boolean): OptionRequest | undefined {
  if (known === undefined) return undefined;
  const { id: configId } = known;
  const method = methods.agent.session.setConfigOption;
  if (known['type'] === 'boolean') {
    return typeof value === 'boolean' ? { method, params: { configId, type: 'boolean', value } } : undefined;
  }
  return valuesOf(known['options']).includes(value) ? { method, params: { configId, value } } : undefined;
}

function findOption(offer: AgentOffer, field: 'id' | 'category', wanted: unknown): Fields | undefined {
  return offer.configOptions?.filter(isRecord).find((known) => known[field] === wanted);
}

function withValue(
  { configOptions }: AgentOffer,
  { field, wanted, value }: { field: 'id' | 'category'; wanted: unknown; value: unknown },
): AgentOffer {
  if (configOptions === undefined) return {};
  const isMeant = (known: unknown): known is Fields =>
    isRecord(known) &&
    known[field] === wanted &&
    (known['type'] === 'boolean' || valuesOf(known['options']).includes(value));
  return { configOptions: configOptions.map((known) => (isMeant(known) ? { ...known, currentValue: value } : known)) };
}

/** Of options, or of groups of options (ACP `SessionConfigSelectOptions`). */
function valuesOf(options: unknown): unknown[] {
  if (!Array.isArray(options)) return [];
  return options
    .filter(isRecord)
    .flatMap((option) => (Array.isArray(option['options']) ? valuesOf(option['options']) : [option['value']]));
}

function idsOf(list: unknown, field: string): unknown[] {
  return Array.isArray(list) ? list.filter(isRecord).map((item) => item[field]) : [];
}
