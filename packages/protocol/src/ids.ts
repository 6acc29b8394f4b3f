import * as z from 'zod/mini';

const uuid = () =>
  z
    .string()
    .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a UUID in lower case'));

/** The conversation's id, the only one that clients ever see (RFC 9562, lower case). */
export const SessionId = uuid().brand('SessionId');
export type SessionId = z.infer<typeof SessionId>;

/** One run: from a prompt that was given to the agent to its `complete`. */
export const RunId = uuid().brand('RunId');
export type RunId = z.infer<typeof RunId>;

/** A prompt's id is the id of the command that carried it. */
export const PromptId = uuid().brand('PromptId');
export type PromptId = z.infer<typeof PromptId>;

/** Chosen by the sender of a command; sending it again changes nothing. */
export const CommandId = uuid().brand('CommandId');
export type CommandId = z.infer<typeof CommandId>;

/** A permission's or question's id, chosen by the runner. */
export const RequestId = uuid().brand('RequestId');
export type RequestId = z.infer<typeof RequestId>;

/** The configured name of an agent: a key of the catalogue or of agents.json. */
export const Provider = z
  .string()
  .check(
    z.regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'must be 1 to 64 of a-z, 0-9, "-" and "_", beginning with a letter or digit'),
  )
  .brand('Provider');
export type Provider = z.infer<typeof Provider>;

/** SHA-256 of an attachment's bytes, hexadecimal. */
export const Sha256 = z
  .string()
  .check(z.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in hexadecimal'))
  .brand('Sha256');
export type Sha256 = z.infer<typeof Sha256>;

/** Position in a session: starts at 1, grows by 1 over the session's whole life. 0 means "before the first". */
export const Seq = z.int().check(z.nonnegative());
export type Seq = z.infer<typeof Seq>;

declare const crypto: { getRandomValues(bytes: Uint8Array): Uint8Array };

/** A new random id of any branded kind: `newId(RunId)` (UUID version 4; not randomUUID, which plain-HTTP pages lack). */
export function newId<Schema extends z.ZodMiniType>(schema: Schema): z.output<Schema> {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return schema.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  );
}
