import { isRecord } from '@konui/protocol';

/** A text, or the beginning of one that lies in the session's attachments. */
export interface LargeText {
  readonly text: string;
  readonly attachment?: string;
}

/** Reads a text field of an event (SPEC SEQ7); undefined where there is none. */
export function toText(value: unknown): LargeText | undefined {
  if (typeof value === 'string') return { text: value };
  if (!isRecord(value)) return undefined;
  const { preview, attachment } = value;
  return typeof preview === 'string' && typeof attachment === 'string' ? { text: preview, attachment } : undefined;
}
