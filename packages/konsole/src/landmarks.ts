import { isRecord } from '@konui/protocol';

/** Kinds whose last event says how the agent is now, whatever came before it; all of it counts. */
const LASTING: ReadonlySet<string> = new Set([
  'agent_ready',
  'option_changed',
  'available_commands_update',
  'current_mode_update',
  'config_option_update',
  'usage_update',
  'plan',
  'prompt',
  'status',
  'retrying',
]);

/** After these the agent no longer starts or tries again. */
const ACTIVE: ReadonlySet<string> = new Set([
  'agent_message_chunk',
  'agent_thought_chunk',
  'user_message_chunk',
  'tool_call',
  'tool_call_update',
  'permission_request',
  'elicitation_request',
  'run_started',
  'complete',
  'agent_ready',
]);

const OFFERS: ReadonlySet<string> = new Set(['option_changed', 'current_mode_update', 'config_option_update']);

interface LogEvent {
  readonly seq: number;
  readonly kind: string;
  readonly [field: string]: unknown;
}

/**
 * Where in a log stands what the agent said last of its commands, options, plan and usage, so that a reader of the
 * log's end can be told it. What runs, waits and was asked is the session's state.
 */
export class Landmarks {
  readonly #seqs = new Map<string, number>();

  /** Whether all of an event of this kind must be known, or its envelope is enough. */
  static needsBody(kind: string): boolean {
    return LASTING.has(kind);
  }

  apply(event: LogEvent): void {
    if (ACTIVE.has(event.kind)) {
      this.#seqs.delete('status');
      this.#seqs.delete('retrying');
    }
    const mark = markOf(event);
    if (event.kind === 'agent_ready') this.#forgetOffers();
    if (mark !== undefined) this.#seqs.set(mark, event.seq);
    // As the conversation has it: a plan is that of the prompt that it was made for.
    if (event.kind === 'prompt') this.#seqs.delete('plan');
    if (event.kind === 'status' && event['state'] !== 'starting') this.#seqs.delete('status');
  }

  /** What an agent offers when it is ready replaces what was said of modes, models and options before. */
  #forgetOffers(): void {
    for (const mark of this.#seqs.keys()) if (OFFERS.has(mark.split(' ', 1)[0] ?? '')) this.#seqs.delete(mark);
  }

  /** In the order of the log. */
  get seqs(): number[] {
    return [...this.#seqs.values()].sort((one, other) => one - other);
  }
}

/** What the event replaces; undefined where it says nothing that lasts, or not in the shape that readers know. */
function markOf(event: LogEvent): string | undefined {
  switch (event.kind) {
    case 'agent_ready':
    case 'usage_update':
    case 'current_mode_update':
    case 'retrying':
      return event.kind;
    case 'status':
      return event['state'] === 'starting' ? event.kind : undefined;
    case 'plan':
      return Array.isArray(event['entries']) ? event.kind : undefined;
    case 'available_commands_update':
      return Array.isArray(event['availableCommands']) ? event.kind : undefined;
    case 'config_option_update':
      return Array.isArray(event['configOptions']) ? event.kind : undefined;
    case 'option_changed': {
      // A mode or model is also an option where the agent says so: which one it was counts, not only that it was one.
      const { type, configId, modeId, modelId } = isRecord(event['option']) ? event['option'] : {};
      return [event.kind, type, configId, modeId, modelId].map(String).join(' ');
    }
    default:
      return undefined;
  }
}
