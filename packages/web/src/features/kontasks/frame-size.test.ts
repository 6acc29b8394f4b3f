import { describe, expect, it } from 'vitest';
import { followReport } from './frame-size.ts';

const at = (height: number, over = {}) => ({ height, width: 700, mayMove: false, ...over });

describe('[B4] the frame of a report', () => {
  it('is as high as its report while nothing below is shown, and up to a limit', () => {
    expect(followReport(undefined, at(500.4, { mayMove: true }))).toEqual({ shown: 501, needed: 501, width: 700 });
    expect(followReport(undefined, at(90_000, { mayMove: true })).shown).toBe(2400);
  });

  it('stays as it is where the report comes late or grows by itself, and says how high it would be', () => {
    expect(followReport(undefined, at(500))).toEqual({ shown: 160, needed: 500, width: 700 });
    const size = followReport(undefined, at(500, { mayMove: true }));
    expect(followReport(size, at(900))).toEqual({ shown: 500, needed: 900, width: 700 });
    expect(followReport(size, at(100)).shown).toBe(500);
  });

  it('follows a person who works in the report, and one who makes the window narrower', () => {
    const size = followReport(undefined, at(500, { mayMove: true }));
    expect(followReport(size, at(900, { mayMove: true })).shown).toBe(900);
    expect(followReport(size, at(800, { width: 300 })).shown).toBe(800);
  });
});
