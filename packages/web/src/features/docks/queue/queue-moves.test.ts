import { describe, expect, it } from 'vitest';
import { promptBehind } from './queue-moves.ts';

const queue = ['a', 'b', 'c'].map((promptId) => ({ promptId }));

describe('promptBehind', () => {
  it.each([
    [1, 0, 'a'],
    [0, 1, 'c'],
    [0, 2, null],
    [1, 2, null],
    [2, 1, 'b'],
  ])('moving the one at %i to %i puts it before %s', (from, to, before) => {
    expect(promptBehind(queue, from, to)).toBe(before);
  });
});
