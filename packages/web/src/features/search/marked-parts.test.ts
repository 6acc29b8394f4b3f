import { describe, expect, it } from 'vitest';
import { markedParts } from './marked-parts.ts';

const drawn = (text: string, marks: [number, number][]) =>
  markedParts(text, marks)
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join('');

describe('markedParts', () => {
  it('marks what was found and keeps everything else', () => {
    expect(
      drawn('fix the login', [
        [0, 3],
        [8, 13],
      ]),
    ).toBe('[fix] the [login]');
    expect(drawn('plain', [])).toBe('plain');
  });

  it('takes marks that make no sense as far as they do', () => {
    expect(
      drawn('abcdef', [
        [2, 4],
        [1, 3],
      ]),
    ).toBe('a[bc][d]ef');
    expect(
      drawn('abc', [
        [2, 99],
        [5, 6],
        [1, 1],
      ]),
    ).toBe('ab[c]');
  });
});
