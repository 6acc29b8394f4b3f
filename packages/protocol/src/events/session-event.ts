import type { Envelope } from './define-event.ts';

/** Any event as it stands in a log: the envelope and the kind's own fields. */
export type SessionEvent = Envelope & { readonly [field: string]: unknown };

/**
 * Parses a log line, an SSE `data` or a WebSocket frame (they are the same bytes).
 * Returns undefined where it is no event; fields beyond the envelope are not checked.
 */
export function parseSessionEvent(line: string): SessionEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  return isSessionEvent(value) ? value : undefined;
}

export function isSessionEvent(value: unknown): value is SessionEvent {
  if (typeof value !== 'object' || value === null) return false;
  const event = value as Partial<Record<keyof Envelope, unknown>>;
  return (
    Number.isSafeInteger(event.seq) &&
    typeof event.sessionId === 'string' &&
    typeof event.kind === 'string' &&
    typeof event.at === 'string'
  );
}
