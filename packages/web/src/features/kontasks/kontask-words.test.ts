import { describe, expect, it } from 'vitest';
import { kontaskDate } from './kontask-date.ts';
import { toTags, typeText } from './kontask-words.ts';

describe('the words of a kontask', () => {
  it('[B3] a date is said as in “8 Jan 2026, 1:11 pm”, in the zone of its reader', () => {
    expect(kontaskDate('2026-01-08T03:11:36.612Z', 'Australia/Brisbane')).toBe('8 Jan 2026, 1:11 pm');
    expect(kontaskDate('2026-01-03T08:42:14.263Z', 'Australia/Brisbane')).toBe('3 Jan 2026, 6:42 pm');
    expect(kontaskDate('2026-09-08T00:05:00Z', 'UTC')).toBe('8 Sep 2026, 12:05 am');
    expect(kontaskDate('no date')).toBe('no date');
  });

  it('[B3] a type is said with capitals', () => {
    expect(typeText('general')).toBe('General');
    expect(typeText('code_review')).toBe('Code Review');
  });

  it('tags are what stands between commas, each once', () => {
    expect(toTags(' ui, console ,,ui ')).toEqual(['ui', 'console']);
    expect(toTags(' ')).toEqual([]);
  });
});
