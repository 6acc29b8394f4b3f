import { describe, expect, it } from 'vitest';
import { limitWords } from './limit-words.ts';

const now = Date.parse('2026-01-01T10:00:00.000Z');
const inMinutes = (minutes: number) => new Date(now + minutes * 60_000).toISOString();
const countdown = (resetsAt: string | undefined, resumesAt?: string) =>
  limitWords({ resetsAt, resumesAt }, now).countdown;

describe('limitWords', () => {
  it.each([
    [inMinutes(72), undefined, 'Resets in 1 h 12 min'],
    [inMinutes(1.4), undefined, 'Resets in 2 min'],
    [inMinutes(0.5), undefined, 'Resets in 30 s'],
    [inMinutes(-1), undefined, 'It was due'],
    [undefined, undefined, 'The agent does not say when it resets.'],
    [inMinutes(5), inMinutes(6), 'Goes on by itself in 6 min'],
    [inMinutes(-5), inMinutes(-1), 'Goes on by itself in a moment'],
  ])('with a reset at %s and a resumption at %s it is "%s"', (resetsAt, resumesAt, words) => {
    expect(countdown(resetsAt, resumesAt)).toBe(words);
  });

  it('says the time of day, with the day where it is not today', () => {
    expect(limitWords({ resetsAt: inMinutes(60 * 24 * 40), resumesAt: undefined }, now).when).toContain('2026');
    expect(limitWords({ resetsAt: inMinutes(1), resumesAt: undefined }, now).when).not.toContain('2026');
  });
});
