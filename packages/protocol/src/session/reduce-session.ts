import { applyAgentUpdate, FOLDED_AGENT_KINDS } from '../events/agent-update.ts';
import { KONUI_EVENTS } from '../events/registry.ts';
import type { SessionEvent } from '../events/session-event.ts';
import { createSessionState, type SessionState } from './state.ts';

const definitions = new Map<string, (typeof KONUI_EVENTS)[number]>(KONUI_EVENTS.map((event) => [event.kind, event]));

/**
 * Whether events of this kind change more of the state than `lastSeq` and `updatedAt`. Of the others, which are nearly
 * all that an agent sends, the envelope alone is enough to fold.
 */
export function changesState(kind: string): boolean {
  return definitions.has(kind) || FOLDED_AGENT_KINDS.has(kind);
}

/**
 * (state, event) → state. The state is the caller's own and is changed in place. An event that the state already
 * holds (its seq is not above `lastSeq`) changes nothing, so that a replay may overlap.
 */
export function reduceSession(state: SessionState, event: SessionEvent): SessionState {
  if (event.seq <= state.lastSeq) return state;
  state.lastSeq = event.seq;
  state.updatedAt = event.at;
  if (typeof event['commandId'] === 'string') state.answered.add(event['commandId']);
  const definition = definitions.get(event.kind);
  if (definition === undefined) applyAgentUpdate(state, event);
  else definition.apply(state, event);
  return state;
}

/** Folds a whole log. */
export function foldSession(events: Iterable<SessionEvent>): SessionState {
  const state = createSessionState();
  for (const event of events) reduceSession(state, event);
  return state;
}
