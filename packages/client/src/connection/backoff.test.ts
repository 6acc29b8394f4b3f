import fc from 'fast-check';
import { expect, it } from 'vitest';
import { backoffMs } from './backoff.ts';

it('[A6] delays double from 1 s to 30 s, less up to half at random', () => {
  expect([1, 2, 3, 4, 5, 6, 7].map((failures) => backoffMs(failures, () => 0))).toEqual([
    1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
  ]);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      (failures, random) => {
        const delay = backoffMs(failures, () => random);
        const longest = backoffMs(failures, () => 0);
        expect(delay).toBeLessThanOrEqual(longest);
        expect(delay).toBeGreaterThanOrEqual(longest / 2);
      },
    ),
  );
});
