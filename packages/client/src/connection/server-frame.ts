import { GatewayFrame, isGatewayKind, isSessionEvent, type SessionEvent } from '@konui/protocol';
import type { FrameData } from './channel.ts';

/** A frame from `/ws`: the gateway's own, or an event with the very bytes of its log line. */
export type ServerFrame =
  | { readonly type: 'gateway'; readonly frame: GatewayFrame }
  | { readonly type: 'event'; readonly event: SessionEvent; readonly line: string };

/** Undefined for what this version cannot read: a newer gateway may say more, and that is no error. */
export function parseServerFrame(data: FrameData): ServerFrame | undefined {
  if (typeof data !== 'string') return undefined;
  let value: unknown;
  try {
    value = JSON.parse(data);
  } catch {
    return undefined;
  }
  if (isSessionEvent(value) && !isGatewayKind(value.kind)) return { type: 'event', event: value, line: data };
  const parsed = GatewayFrame.safeParse(value);
  return parsed.success ? { type: 'gateway', frame: parsed.data } : undefined;
}
