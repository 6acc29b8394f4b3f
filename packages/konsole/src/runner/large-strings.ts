import { isRecord } from '@konui/protocol';

/** A longer string in an event is stored as an attachment, so that a page of history stays small (SEQ7). */
export const MAX_STRING_BYTES = 256 * 1024;
const PREVIEW_LENGTH = 4096;

type Body = { kind: string; [field: string]: unknown };

/** Replaces every string over the limit by `{attachment, byteLength, preview}`; returns the body itself where there is none. */
export function storeLargeStrings(body: Body, putAttachment: (bytes: Uint8Array) => string): Body {
  return hasLargeString(body) ? { ...(replace(body, putAttachment) as object), kind: body.kind } : body;
}

function hasLargeString(value: unknown): boolean {
  // A UTF-16 unit is at most three bytes of UTF-8.
  if (typeof value === 'string')
    return value.length * 3 > MAX_STRING_BYTES && Buffer.byteLength(value) > MAX_STRING_BYTES;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasLargeString);
}

function replace(value: unknown, putAttachment: (bytes: Uint8Array) => string): unknown {
  if (typeof value === 'string') {
    const bytes = Buffer.from(value);
    if (bytes.length <= MAX_STRING_BYTES) return value;
    return { attachment: putAttachment(bytes), byteLength: bytes.length, preview: value.slice(0, PREVIEW_LENGTH) };
  }
  if (Array.isArray(value)) return value.map((item) => replace(item, putAttachment));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replace(field, putAttachment)]));
}
