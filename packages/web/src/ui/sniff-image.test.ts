import { describe, expect, it } from 'vitest';
import { sniffImage } from './sniff-image.ts';

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('sniffImage', () => {
  it.each([
    ['\u0089PNG\r\n\u001a\n....', 'image/png'],
    ['\u00ff\u00d8\u00ff\u00e0....', 'image/jpeg'],
    ['GIF89a', 'image/gif'],
    ['RIFF1234WEBPVP8 ', 'image/webp'],
    ['<svg xmlns="http://www.w3.org/2000/svg">', undefined],
    ['<!doctype html>', undefined],
    ['', undefined],
  ])('%j is %s', (text, type) => expect(sniffImage(bytes(text))).toBe(type));
});
