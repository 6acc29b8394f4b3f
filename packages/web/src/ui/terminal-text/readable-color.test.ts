import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrast, cssOfStyle, measuredColors } from './readable-color.ts';
import { RGB, type TerminalStyle } from './terminal-style.ts';

const color = fc.option(
  fc.oneof(
    fc.nat(15),
    fc.nat(0xffffff).map((value) => RGB + value),
  ),
  { nil: undefined },
);
const flag = fc.constantFrom(true as const, undefined);
const style = fc
  .record({ color, background: color, isDim: flag, isInverse: flag })
  .map((parts): TerminalStyle => Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)));

describe('colours of terminal text', () => {
  it('can be read in both themes (4.5:1), whatever a program chooses', () => {
    fc.assert(
      fc.property(style, (each) => {
        for (const { color: text, background } of measuredColors(each))
          expect(contrast(text, background)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });

  it('leaves the theme’s own sixteen as they are', () => {
    for (let index = 0; index < 16; index++) {
      const css = cssOfStyle({ color: index }).color;
      expect(css).toMatch(/^light-dark\(#[0-9a-f]{6}, #[0-9a-f]{6}\)$/);
    }
    expect(cssOfStyle({ color: 1 }).color).toBe('light-dark(#b3261e, #ff8f85)');
  });

  it('says nothing of colours where only the weight changes', () => {
    expect(cssOfStyle({ isBold: true, isStruck: true })).toEqual({ fontWeight: 700, textDecoration: 'line-through' });
  });
});
