import { expect, it } from 'vitest';
import { dropPlace } from './use-row-drag.ts';

const middles = [10, 30, 50, 70];

it.each([
  [1, 30, 1],
  [1, 49, 1],
  [1, 51, 2],
  [1, 500, 3],
  [3, 69, 3],
  [3, 31, 2],
  [3, 29, 1],
  [3, -5, 0],
  [0, 0, 0],
])('a row from place %i that is dropped at %i takes place %i', (from, y, place) => {
  expect(dropPlace(middles, from, y)).toBe(place);
});
