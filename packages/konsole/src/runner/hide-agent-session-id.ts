import { isRecord } from '@konui/protocol';

type Body = { kind: string; [field: string]: unknown };

/**
 * Replaces every string that is the agent's own session id by the app's (EVT7). Strings that merely contain it, such
 * as a path in a command's output, are what the agent said and stay.
 */
export function hideAgentSessionId(body: Body, agentSessionId: string, sessionId: string): Body {
  if (agentSessionId === '' || !contains(body, agentSessionId)) return body;
  return { ...(replace(body, agentSessionId, sessionId) as object), kind: body.kind };
}

function contains(value: unknown, id: string): boolean {
  if (typeof value === 'string') return value === id;
  return typeof value === 'object' && value !== null && Object.values(value).some((field) => contains(field, id));
}

function replace(value: unknown, id: string, by: string): unknown {
  if (typeof value === 'string') return value === id ? by : value;
  if (Array.isArray(value)) return value.map((item) => replace(item, id, by));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replace(field, id, by)]));
}
