/** How many bytes an image's type shows in. */
export const IMAGE_HEAD_BYTES = 12;

const SIGNATURES: readonly (readonly [type: string, ...parts: (readonly [at: number, bytes: string])[]])[] = [
  ['image/png', [0, '\u0089PNG\r\n\u001a\n']],
  ['image/jpeg', [0, '\u00ff\u00d8\u00ff']],
  ['image/gif', [0, 'GIF87a']],
  ['image/gif', [0, 'GIF89a']],
  ['image/webp', [0, 'RIFF'], [8, 'WEBP']],
];

/**
 * The type that the first bytes show, of those in IMAGE_TYPES, whatever their sender says (WHATWG MIME Sniffing, section
 * 6.1). SVG, which can hold a page, is none.
 */
export function sniffImageType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, IMAGE_HEAD_BYTES));
  return SIGNATURES.find(([, ...parts]) => parts.every(([at, signature]) => head.startsWith(signature, at)))?.[0];
}

/** A piece of a file without the character of up to four bytes that it ends in the middle of, where it is UTF-8. */
export function withoutCutCharacter(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const characterLength = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return characterLength > back ? bytes.subarray(0, bytes.length - back) : bytes;
  }
  return bytes;
}
