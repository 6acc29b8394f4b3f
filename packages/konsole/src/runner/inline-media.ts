import { isRecord } from '@konui/protocol';

type Body = { kind: string; [field: string]: unknown };

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Replaces the bytes of every image and sound that stands inline (ACP content blocks with `data`) by the attachment that
 * holds them; returns the body itself where there is none (SPEC ATT5).
 */
export function storeInlineMedia(body: Body, putAttachment: (bytes: Uint8Array) => string): Body {
  return hasMedia(body) ? { ...(replace(body, putAttachment) as object), kind: body.kind } : body;
}

function hasMedia(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return isMedia(value) || Object.values(value).some(hasMedia);
}

function isMedia(value: unknown): value is Record<string, unknown> & { data: string } {
  if (!isRecord(value)) return false;
  const { type, data, mimeType } = value;
  const isOfKind = (type === 'image' || type === 'audio') && typeof mimeType === 'string';
  return isOfKind && typeof data === 'string' && data !== '' && BASE64.test(data);
}

function replace(value: unknown, putAttachment: (bytes: Uint8Array) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => replace(item, putAttachment));
  if (isMedia(value)) {
    const { data, ...rest } = value;
    const bytes = Buffer.from(data, 'base64');
    return { ...rest, attachment: putAttachment(bytes), byteLength: bytes.length };
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replace(field, putAttachment)]));
}
