import { describe, expect, it } from 'vitest';
import { linePieces } from './line-pieces.ts';

const brief = (...given: Parameters<typeof linePieces>) =>
  linePieces(...given).map(({ text, kind, isChanged }) => `${text}|${kind ?? ''}${isChanged ? '*' : ''}`);

describe('linePieces', () => {
  it('keeps colours below the marks of changes', () => {
    const tokens = [
      { from: 0, to: 5, kind: 'keyword' },
      { from: 6, to: 12, kind: 'string' },
    ] as const;
    expect(brief('const "text";', tokens, [{ from: 3, to: 8 }])).toEqual([
      'con|keyword',
      'st|keyword*',
      ' |*',
      '"t|string*',
      'ext"|string',
      ';|',
    ]);
  });

  it('leaves a line alone that has neither, and copes with what lies outside', () => {
    expect(brief('plain', [], [])).toEqual(['plain|']);
    expect(brief('ab', [{ from: 1, to: 9, kind: 'number' }], [])).toEqual(['a|', 'b|number']);
    expect(brief('', [], [])).toEqual([]);
  });
});
