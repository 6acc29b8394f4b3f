import { expect, it } from 'vitest';
import { toSeq } from './use-moment.ts';

it.each([
  ['at=12', 12],
  ['?x=1&at=3', 3],
  ['at=0', undefined],
  ['at=-1', undefined],
  ['at=1.5', undefined],
  ['at=all', undefined],
  ['', undefined],
])('the moment of "%s" is %s', (search, seq) => {
  expect(toSeq(search)).toBe(seq);
});
