import { isUtf8 } from 'node:buffer';
import { sniffImageType, withoutCutCharacter } from '@konui/protocol';

/** How many bytes the type is judged by. */
export const HEAD_BYTES = 4096;

/** The type that a file's first bytes show: images, sounds, PDF, text; else `application/octet-stream`. */
export function sniffType(head: Uint8Array): string {
  const image = sniffImageType(head);
  if (image !== undefined) return image;
  const text = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (text.startsWith('%PDF-')) return 'application/pdf';
  if (text.startsWith('RIFF') && text.slice(8) === 'WAVE') return 'audio/wav';
  if (text.startsWith('ID3') || (head[0] === 0xff && ((head[1] ?? 0) & 0xe6) === 0xe2)) return 'audio/mpeg';
  if (text.startsWith('OggS')) return 'audio/ogg';
  if (text.startsWith('fLaC')) return 'audio/flac';
  return !head.includes(0) && isUtf8(withoutCutCharacter(head)) ? 'text/plain' : 'application/octet-stream';
}
