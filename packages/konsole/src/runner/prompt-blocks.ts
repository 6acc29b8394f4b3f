import type { StoredContentBlock } from '@konui/protocol';
import { readFileSync } from 'node:fs';

/** A prompt's content as ACP wants it: the bytes of stored images inline again. */
export function toAcpBlocks(content: readonly StoredContentBlock[], pathOf: (sha256: string) => string): unknown[] {
  return content.map((block) => {
    if (block.type !== 'image' || typeof block['attachment'] !== 'string') return block;
    const data = readFileSync(pathOf(block['attachment'])).toString('base64');
    return { type: 'image', mimeType: block['mimeType'], data };
  });
}

export function hasImage(content: readonly StoredContentBlock[]): boolean {
  return content.some((block) => block.type === 'image');
}
