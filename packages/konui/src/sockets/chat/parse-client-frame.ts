import { ClientFrame, type KonuiError } from '@konui/protocol';
import { createMessageParser, quoteId } from '../parse-message.ts';

export type ParsedClientFrame =
  | { readonly ok: true; readonly frame: ClientFrame }
  | { readonly ok: false; readonly error: KonuiError; readonly sessionId?: string; readonly commandId?: string };

const parseFrame = createMessageParser(ClientFrame);

/** Parses a frame from a client (SPEC GW4); of one that is wrong it tells what is needed to answer it. */
export function parseClientFrame(bytes: Buffer): ParsedClientFrame {
  const parsed = parseFrame(bytes);
  if (parsed.ok) return { ok: true, frame: parsed.message };
  return { ok: false, error: parsed.error, ...idsOf(parsed.fields) };
}

function idsOf(fields: Partial<Record<string, unknown>>): { sessionId?: string; commandId?: string } {
  const sessionId = quoteId(fields['sessionId']);
  const commandId = quoteId(fields['commandId']) ?? quoteId(fields['clientMessageId']);
  return { ...(sessionId === undefined ? {} : { sessionId }), ...(commandId === undefined ? {} : { commandId }) };
}
