import { expect, it } from 'vitest';
import { RateLimit } from './rate-limit.ts';

it('[INJ3] lets a burst through, then so many a minute, for each name on its own', () => {
  let ms = 0;
  const limit = new RateLimit({ burst: 2, perMinute: 60, now: () => ms });
  expect([limit.take('a'), limit.take('a')]).toEqual([undefined, undefined]);
  expect(limit.take('a')).toBe(1000);
  expect(limit.take('b')).toBeUndefined();
  ms += 400;
  expect(limit.take('a')).toBe(600);
  ms += 600;
  expect(limit.take('a')).toBeUndefined();
  ms += 60_000;
  expect([limit.take('a'), limit.take('a'), limit.take('a')]).toEqual([undefined, undefined, 1000]);
});
