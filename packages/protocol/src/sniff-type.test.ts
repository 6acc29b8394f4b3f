import { expect, it } from 'vitest';
import { IMAGE_TYPES } from './content.ts';
import { sniffImageType, withoutCutCharacter } from './sniff-type.ts';

const latin1 = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

it.each([
  ['\u0089PNG\r\n\u001a\n....', 'image/png'],
  ['\u00ff\u00d8\u00ff\u00e0....', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a...', 'image/gif'],
  ['GIF8', undefined],
  ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
  ['RIFF\0\0\0\0WAVEfmt ', undefined],
  ['....\0\0\0\0WEBP', undefined],
  ['<svg xmlns="http://www.w3.org/2000/svg">', undefined],
  ['<!doctype html>', undefined],
  ['\u0089P', undefined],
  ['', undefined],
])('case %#: the first bytes show the type: %j', (text, type) => {
  expect(sniffImageType(latin1(text))).toBe(type);
  if (type !== undefined) expect(IMAGE_TYPES).toContain(type);
});

it('leaves a character out that a piece ends in the middle of', () => {
  const bytes = new TextEncoder().encode('grüße 😀');
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for (let length = 0; length <= bytes.length; length += 1) {
    const piece = withoutCutCharacter(bytes.subarray(0, length));
    expect('grüße 😀'.startsWith(decoder.decode(piece))).toBe(true);
    expect(length - piece.length).toBeLessThanOrEqual(3);
  }
  expect(withoutCutCharacter(bytes)).toEqual(bytes);
});
