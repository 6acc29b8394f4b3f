import { createHash } from 'node:crypto';
import { CommandId } from '@konui/protocol';

/** The id that follows from another and a word: the same however often it is asked for (RFC 9562, version 8). */
export function deriveId(id: string, word: string): CommandId {
  const bytes = createHash('sha256').update(`${id}:${word}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return CommandId.parse(
    `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`,
  );
}
