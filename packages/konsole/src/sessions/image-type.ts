const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const JPEG = [0xff, 0xd8, 0xff];

/** How many bytes the type shows in. */
export const IMAGE_HEAD_BYTES = 12;

/** The type that the first bytes show, of those in IMAGE_TYPES (WHATWG MIME Sniffing, section 6.1). */
export function sniffImageType(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, IMAGE_HEAD_BYTES));
  const text = head.toString('latin1');
  if (PNG.every((byte, index) => head[index] === byte)) return 'image/png';
  if (JPEG.every((byte, index) => head[index] === byte)) return 'image/jpeg';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'image/gif';
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return 'image/webp';
  return undefined;
}
