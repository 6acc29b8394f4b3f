import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

it('starts again at once after the first death, then waits 1 s, doubling up to 30 s', () => {
  const backoff = new Backoff();
  const waits = Array.from({ length: 8 }, () => backoff.nextDelay(0));
  expect(waits).toEqual([0, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

it('forgets earlier deaths once a part has run for a while', () => {
  const backoff = new Backoff();
  for (let death = 0; death < 5; death += 1) backoff.nextDelay(0);
  expect(backoff.nextDelay(3_600_000)).toBe(0);
  expect(backoff.nextDelay(0)).toBe(1_000);
});
