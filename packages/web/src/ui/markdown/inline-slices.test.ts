import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inlineSlices } from './inline-slices.ts';

describe('inlineSlices', () => {
  it('leaves out nothing and cuts no character in two', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('_a', '*', 'word ', '\n', '😀', '`x`', '[')),
        fc.nat(400),
        (parts, times) => {
          const text = parts.join('').repeat(times);
          const slices = inlineSlices(text);
          expect(slices.join('')).toBe(text);
          expect(slices.every((slice) => slice.isWellFormed())).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('keeps ordinary paragraphs whole', () => {
    const paragraph = 'A **bold** word, `some code` and a [link](https://example.org) here. '.repeat(20);
    expect(inlineSlices(paragraph)).toHaveLength(1);
  });

  it.each(['_a', '*_a ', '**', '[', 'a.', '😀*'])('never hands on many openings at once: %s', (piece) => {
    const slices = inlineSlices(piece.repeat(20_000));
    for (const slice of slices) {
      expect(slice.length).toBeLessThanOrEqual(4097);
      expect(slice.replace(/[^*_]/g, '').length).toBeLessThanOrEqual(108);
    }
  });
});
