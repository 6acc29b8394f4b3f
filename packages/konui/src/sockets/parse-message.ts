import { KonuiError, LIMITS } from '@konui/protocol';
import { z } from 'zod';
import { describeZodError } from '../describe-zod-error.ts';
import { parseJson } from '../parse-json.ts';

export type ParsedMessage<Message> =
  | { readonly ok: true; readonly message: Message }
  | {
      readonly ok: false;
      readonly error: KonuiError;
      /** What the message says beside being wrong, for an answer that quotes it: none of it is checked. */
      readonly fields: Partial<Record<string, unknown>>;
    };

/** Members of a union of messages that `type` discriminates. */
type MessageSchema = z.core.$ZodObject<{ type: z.core.$ZodLiteral<string> }>;

/** Makes the parser of a socket's messages (SPEC GW4). */
export function createMessageParser<Options extends readonly MessageSchema[]>(
  schema: z.core.$ZodDiscriminatedUnion<Options>,
): (bytes: Buffer) => ParsedMessage<z.infer<Options[number]>> {
  const types: ReadonlySet<unknown> = new Set(
    schema._zod.def.options.flatMap((option) => option._zod.def.shape.type._zod.def.values),
  );
  return (bytes) => {
    if (bytes.length > LIMITS.maxFrameBytes) {
      const error = new KonuiError(
        'FRAME_TOO_LARGE',
        `the frame has ${bytes.length} bytes, at most ${LIMITS.maxFrameBytes} are allowed`,
      );
      return { ok: false, error, fields: readIds(bytes) };
    }
    let value: unknown;
    try {
      value = parseJson(bytes);
    } catch (error) {
      if (error instanceof KonuiError) return { ok: false, error, fields: {} };
      throw error;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      const error = new KonuiError('INVALID_MESSAGE', 'a message must be a JSON object with a type');
      return { ok: false, error, fields: {} };
    }
    const fields: Partial<Record<string, unknown>> = { ...value };
    if (typeof fields['type'] === 'string' && !types.has(fields['type'])) {
      return { ok: false, error: new KonuiError('UNKNOWN_MESSAGE_TYPE', 'this type of message is not known'), fields };
    }
    const parsed = z.safeParse(schema, value);
    if (parsed.success) return { ok: true, message: parsed.data };
    return { ok: false, error: new KonuiError('INVALID_MESSAGE', describeZodError(parsed.error)), fields };
  };
}

/** Ids stand before the content in what our own clients send. */
const IDS_WITHIN_BYTES = 1024;

/** The ids at the beginning of a message that is too large to be parsed. */
function readIds(bytes: Buffer): Partial<Record<string, unknown>> {
  const beginning = bytes.toString('utf8', 0, IDS_WITHIN_BYTES);
  const found = beginning.matchAll(/"(sessionId|commandId|clientMessageId|id|requestId)":"([\w-]{1,100})"/g);
  return Object.fromEntries([...found].map(([, name, value]) => [name, value]));
}

/** Ids that an error quotes are cut off here: they are the client's own text. */
const MAX_ID_LENGTH = 100;

/** The text of a field that an error may quote. */
export function quoteId(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MAX_ID_LENGTH) : undefined;
}
