import { isRecord } from '@konui/protocol';

type Body = { readonly kind: string; readonly [field: string]: unknown };

/** Kinds that say what an agent offers rather than what it did: agents say all of it again at each start. */
const OFFERS: ReadonlySet<string> = new Set([
  'available_commands_update',
  'config_option_update',
  'current_mode_update',
]);
const ENVELOPE: ReadonlySet<string> = new Set(['seq', 'sessionId', 'at']);

/** Knows what the log said last of each offer, so that its repetition is left out (SPEC EVT9). */
export interface OfferMemory {
  /** Whether this is what the log says already. */
  isKnown(body: Body): boolean;
  /** An event that stands in the log: a body, or a whole line of it. */
  note(event: Body): void;
}

export function createOfferMemory(): OfferMemory {
  const last = new Map<string, string>();
  const note = (body: Body): void => void last.set(body.kind, toText(body));
  return {
    isKnown: (body) => OFFERS.has(body.kind) && last.get(body.kind) === toText(body),
    note(event) {
      if (OFFERS.has(event.kind)) note(event);
      if (event.kind === 'option_changed') {
        // What the agent said of it before is out of date, so that the same words are news again.
        last.delete('config_option_update');
        last.delete('current_mode_update');
      }
      if (event.kind !== 'agent_ready') return;
      const { modes, configOptions } = event;
      last.delete('config_option_update');
      last.delete('current_mode_update');
      if (Array.isArray(configOptions)) note({ kind: 'config_option_update', configOptions });
      if (isRecord(modes)) note({ kind: 'current_mode_update', currentModeId: modes['currentModeId'] });
    },
  };
}

/** Its own fields, in any order of the outermost ones. */
function toText(body: Body): string {
  const fields = Object.entries(body).filter(([name]) => !ENVELOPE.has(name));
  return JSON.stringify(fields.sort(([one], [other]) => (one < other ? -1 : 1)));
}
