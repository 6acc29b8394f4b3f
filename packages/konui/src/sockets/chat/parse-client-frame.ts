import { ClientFrame, KonuiError } from '@konui/protocol';
import { describeZodError } from '../../describe-zod-error.ts';
import { parseJson } from '../../parse-json.ts';

/** Ids that an error quotes are cut off here: they are the client's own text. */
const MAX_ID_LENGTH = 100;

export type ParsedClientFrame =
  | { readonly ok: true; readonly frame: ClientFrame }
  | { readonly ok: false; readonly error: KonuiError; readonly sessionId?: string; readonly commandId?: string };

const TYPES: ReadonlySet<unknown> = new Set(ClientFrame.options.flatMap((option) => [...option.shape.type.values]));

/** Parses a frame from a client (SPEC GW4); of one that is wrong it tells what is needed to answer it. */
export function parseClientFrame(bytes: Buffer): ParsedClientFrame {
  let value: unknown;
  try {
    value = parseJson(bytes);
  } catch (error) {
    if (error instanceof KonuiError) return { ok: false, error };
    throw error;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, error: new KonuiError('INVALID_MESSAGE', 'a message must be a JSON object with a type') };
  }
  const fields: Partial<Record<string, unknown>> = { ...value };
  if (typeof fields['type'] === 'string' && !TYPES.has(fields['type'])) {
    return {
      ok: false,
      error: new KonuiError('UNKNOWN_MESSAGE_TYPE', 'this type of message is not known'),
      ...idsOf(fields),
    };
  }
  const parsed = ClientFrame.safeParse(value);
  if (parsed.success) return { ok: true, frame: parsed.data };
  return { ok: false, error: new KonuiError('INVALID_MESSAGE', describeZodError(parsed.error)), ...idsOf(fields) };
}

function idsOf(fields: Partial<Record<string, unknown>>): { sessionId?: string; commandId?: string } {
  const sessionId = shortText(fields['sessionId']);
  const commandId = shortText(fields['commandId']) ?? shortText(fields['clientMessageId']);
  return { ...(sessionId === undefined ? {} : { sessionId }), ...(commandId === undefined ? {} : { commandId }) };
}

function shortText(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MAX_ID_LENGTH) : undefined;
}
