const PREFIXES: readonly (readonly [type: string, magic: readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/gif', [0x47, 0x49, 0x46, 0x38]],
];

/** The type that the first twelve bytes show, of those that agents take and browsers show (WHATWG MIME Sniffing, section 6.1). */
export function sniffImageType(beginning: Uint8Array): string | undefined {
  const image = PREFIXES.find(([, magic]) => magic.every((byte, index) => beginning[index] === byte));
  if (image !== undefined) return image[0];
  const text = Buffer.from(beginning.subarray(0, 12)).toString('latin1');
  return text.startsWith('RIFF') && text.endsWith('WEBP') ? 'image/webp' : undefined;
}
