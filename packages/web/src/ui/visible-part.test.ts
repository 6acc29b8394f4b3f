import { describe, expect, it } from 'vitest';
import { visiblePart } from './visible-part.ts';

describe('visiblePart', () => {
  const limits = { maxLines: 3, maxCharacters: 20 };

  it.each([
    ['a\nb', 'a\nb', 0],
    ['a\nb\nc', 'a\nb\nc', 0],
    ['a\nb\nc\nd\ne', 'a\nb\nc', 2],
    ['a\n'.padEnd(60, 'x'), 'a', 1],
    ['x'.repeat(50), 'x'.repeat(20), 1],
    ['', '', 0],
  ])('%j: %j, and %d lines hidden', (text, part, hiddenLines) =>
    expect(visiblePart(text, limits)).toEqual({ part, hiddenLines }),
  );

  it('never holds more than it may, however long the text is', () => {
    const { part, hiddenLines } = visiblePart('line\n'.repeat(100_000), { maxLines: 400, maxCharacters: 100_000 });
    expect(part.split('\n')).toHaveLength(400);
    expect(hiddenLines).toBe(99_601);
  });
});
