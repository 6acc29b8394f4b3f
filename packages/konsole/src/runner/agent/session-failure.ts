import { type ErrorCode, isRecord } from '@konui/protocol';

/** Why a prompt failed, in the agent's words. */
export interface PromptFailure {
  readonly code: ErrorCode;
  readonly message: string;
  /** ISO 8601, where the agent says when its limit resets. */
  readonly resetsAt?: string;
}

/** Declared to agents: Claude Code and Codex then report failures in one typed shape instead of as text. */
export const FAILURE_CAPABILITY = {
  jetbrains: { air: { version: 1, capabilities: ['sessionFailure', 'loadReplayEnd'] } },
};

/** Finds `_meta.jetbrains.air.sessionFailure` in a prompt's answer or an update. */
export function parseSessionFailure(carrier: unknown): PromptFailure | undefined {
  const failure = at(carrier, ['_meta', 'jetbrains', 'air', 'sessionFailure']);
  if (!isRecord(failure)) return undefined;
  const title = typeof failure['title'] === 'string' ? failure['title'] : 'The agent reported a failure.';
  const details = [failure['message'], failure['description'], failure['details']].find(
    (text) => typeof text === 'string',
  );
  const message = typeof details === 'string' && details !== title ? `${title}: ${details}` : title;
  const code: ErrorCode =
    failure['category'] === 'limit'
      ? 'LIMIT_REACHED'
      : failure['category'] === 'auth'
        ? 'AGENT_AUTH_REQUIRED'
        : 'AGENT_ERROR';
  const resetsAt = findResetTime(failure);
  return resetsAt === undefined ? { code, message } : { code, message, resetsAt };
}

/** Words in the typed data of Claude Code, Codex and Gemini CLI errors that mean "the quota is used up". */
const LIMIT_WORDS = /rate_limit|billing_error|usageLimitExceeded|usage_limit|insufficient_quota|quota/i;

/** Maps a JSON-RPC error: −32000 is ACP's "authentication required"; the rest differs from agent to agent. */
export function fromRpcError(error: unknown): PromptFailure {
  const code = isRecord(error) ? error['code'] : undefined;
  const data = isRecord(error) ? error['data'] : undefined;
  const message = toMessage(error, data);
  if (code === -32000) return { code: 'AGENT_AUTH_REQUIRED', message };
  if (code === 429 || (data !== undefined && LIMIT_WORDS.test(JSON.stringify(data)))) {
    const resetsAt = findResetTime(data);
    return resetsAt === undefined ? { code: 'LIMIT_REACHED', message } : { code: 'LIMIT_REACHED', message, resetsAt };
  }
  return { code: 'AGENT_ERROR', message };
}

/** An error that the agent answered, rather than one of the connection to it. */
export function isRpcError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

function toMessage(error: unknown, data: unknown): string {
  const message = isRecord(error) && typeof error['message'] === 'string' ? error['message'] : String(error);
  const details = isRecord(data) ? (data['details'] ?? data['message']) : data;
  return typeof details === 'string' && !message.includes(details) ? `${message}: ${details}` : message;
}

/** Agents name it differently and give seconds, milliseconds or ISO 8601. */
function findResetTime(value: unknown): string | undefined {
  if (!isRecord(value)) return undefined;
  for (const [name, field] of Object.entries(value)) {
    if (/reset/i.test(name)) {
      const date = toDate(field);
      if (date !== undefined) return date;
    }
    const nested = findResetTime(field);
    if (nested !== undefined) return nested;
  }
  return undefined;
}

function toDate(value: unknown): string | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  // 1e11 seconds lie in the year 5138, 1e11 milliseconds in 1973.
  const date = new Date(typeof value === 'number' && value < 1e11 ? value * 1000 : value);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function at(value: unknown, path: readonly string[]): unknown {
  let current = value;
  for (const name of path) {
    if (!isRecord(current)) return undefined;
    current = current[name];
  }
  return current;
}
