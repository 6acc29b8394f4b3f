import { GatewayFrame, isGatewayKind, isSessionEvent, type SessionEvent } from '@konui/protocol';

/** A frame from `/ws`: the gateway's own, or an event with the very bytes of its log line. */
export type ServerFrame =
  | { readonly type: 'gateway'; readonly frame: GatewayFrame }
  | { readonly type: 'event'; readonly event: SessionEvent; readonly line: string };

/** Undefined for what this version cannot read: a newer gateway may say more, and that is no error. */
export function parseServerFrame(text: string): ServerFrame | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isSessionEvent(value) && !isGatewayKind(value.kind)) return { type: 'event', event: value, line: text };
  const parsed = GatewayFrame.safeParse(value);
  return parsed.success ? { type: 'gateway', frame: parsed.data } : undefined;
}
