import { isGatewayKind } from '../frames/gateway-frame.ts';
import { toTitle } from '../session/to-title.ts';
import type { SessionState } from '../session/state.ts';
import { KONUI_EVENTS } from './registry.ts';

/** Kinds of ACP's `session/update` that readers know; others pass through untouched. */
export const AGENT_KINDS = [
  'agent_message_chunk',
  'agent_thought_chunk',
  'user_message_chunk',
  'tool_call',
  'tool_call_update',
  'plan',
  'available_commands_update',
  'current_mode_update',
  'config_option_update',
  'session_info_update',
  'usage_update',
] as const;

/** Those that `applyAgentUpdate` looks at. */
export const FOLDED_AGENT_KINDS: ReadonlySet<string> = new Set([
  'tool_call',
  'tool_call_update',
  'current_mode_update',
  'session_info_update',
]);

interface AgentUpdate {
  readonly kind: string;
  readonly toolCallId?: unknown;
  readonly status?: unknown;
  readonly title?: unknown;
  readonly currentModeId?: unknown;
}

/** What an agent's own update does to the session's state. */
export function applyAgentUpdate(state: SessionState, event: AgentUpdate): void {
  switch (event.kind) {
    case 'tool_call':
    case 'tool_call_update': {
      if (state.run === undefined || typeof event.toolCallId !== 'string') return;
      if (event.status === 'completed' || event.status === 'failed') state.openToolCalls.delete(event.toolCallId);
      // An update that names no status leaves a finished call finished.
      else if (event.kind === 'tool_call' || event.status !== undefined) state.openToolCalls.add(event.toolCallId);
      return;
    }
    case 'current_mode_update': {
      const { currentModeId: modeId } = event;
      // A plan that was approved ends the mode for planning. An agent that has just started only says its own default.
      if (!state.isAgentReady || typeof modeId !== 'string') return;
      state.options = state.options.map((option) => (option.type === 'mode' ? { type: 'mode', modeId } : option));
      return;
    }
    case 'session_info_update':
      if (typeof event.title === 'string') state.title = toTitle(event.title) ?? state.title;
  }
}

const RESERVED: ReadonlyMap<string, string> = new Map([
  ['seq', 'agentSeq'],
  ['sessionId', 'agentSessionId'],
  ['at', 'agentAt'],
  ['kind', 'toolKind'],
  ['commandId', 'agentCommandId'],
  // A merged event's own (HIST3).
  ['firstSeq', 'agentFirstSeq'],
  ['lastAt', 'agentLastAt'],
]);

const KONUI_KINDS: ReadonlySet<string> = new Set(KONUI_EVENTS.map((event) => event.kind));

/**
 * ACP `update` → body of an event: `sessionUpdate` becomes `kind`, and a field that would hide one of the envelope
 * gets another name (a tool call's `kind` becomes `toolKind`). So does a kind that only Konui may say: no agent ends a
 * run or answers a permission by an update that looks like it.
 */
export function fromAgentUpdate(update: Readonly<Record<string, unknown>>): { kind: string; [field: string]: unknown } {
  const said = String(update['sessionUpdate']);
  const isOurs = KONUI_KINDS.has(said) || isGatewayKind(said);
  const body: { kind: string; [field: string]: unknown } = { kind: isOurs ? `agent_${said}` : said };
  for (const [field, value] of Object.entries(update)) {
    if (field !== 'sessionUpdate') body[RESERVED.get(field) ?? field] = value;
  }
  return body;
}
