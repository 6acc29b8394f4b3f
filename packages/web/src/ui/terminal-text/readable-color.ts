import type { CSSProperties } from 'react';
import { RGB, type TerminalColor, type TerminalStyle } from './terminal-style.ts';

/** WCAG 2.2, 1.4.3: contrast of text. */
const MIN_CONTRAST = 4.5;
/** Of the way towards black or white, with each step until a colour can be read. */
const STEP = 0.08;

type Rgb = readonly [red: number, green: number, blue: number];

interface Theme {
  readonly text: number;
  readonly page: number;
  /** black, red, green, yellow, blue, magenta, cyan, white, and the bright ones. */
  readonly palette: readonly number[];
}

/** `page` and `text` are the tokens `--sunken` and `--text`. */
const LIGHT: Theme = {
  text: 0x1a1d24,
  page: 0xeff1f4,
  palette: [
    0x1a1d24,
    0xb3261e,
    0x1c7a3d,
    0x8a5300,
    0x2f4bc4,
    0x8e2f8e,
    0x0b6a78,
    0x555d6b, //
    0x5c6472,
    0xc62b22,
    0x1d7d3f,
    0x8a5a00,
    0x3452d1,
    0xa033a0,
    0x0c7180,
    0x3b414d,
  ],
};
const DARK: Theme = {
  text: 0xe7e9ee,
  page: 0x101216,
  palette: [
    0x838c9b,
    0xff8f85,
    0x5fcf86,
    0xf2b04b,
    0x93a7ff,
    0xe59ae5,
    0x5fd0dd,
    0xc9ced8, //
    0xa3acbb,
    0xffaaa2,
    0x86e0a4,
    0xf7c87c,
    0xb0bfff,
    0xf0b6f0,
    0x8ce0ea,
    0xffffff,
  ],
};

/** A look as CSS, readable in both themes whatever the program chose; undefined where it is plain text. */
export function cssOfStyle(style: TerminalStyle): CSSProperties {
  const light = colorsOf(style, LIGHT);
  const dark = colorsOf(style, DARK);
  const lines = [style.isUnderlined === true && 'underline', style.isStruck === true && 'line-through'];
  const decoration = lines.filter((line) => line !== false).join(' ');
  return {
    ...(light.isPlain ? {} : { color: `light-dark(${toHex(light.color)}, ${toHex(dark.color)})` }),
    ...(light.background === undefined || dark.background === undefined
      ? {}
      : { backgroundColor: `light-dark(${toHex(light.background)}, ${toHex(dark.background)})` }),
    ...(style.isBold === true ? { fontWeight: 700 } : {}),
    ...(style.isItalic === true ? { fontStyle: 'italic' } : {}),
    ...(decoration === '' ? {} : { textDecoration: decoration }),
  };
}

/** Text and background of a look in each theme, as 24-bit values: what the tests measure. */
export function measuredColors(style: TerminalStyle): { color: number; background: number }[] {
  return [LIGHT, DARK].map((theme) => {
    const { color, background } = colorsOf(style, theme);
    return { color, background: background ?? theme.page };
  });
}

function colorsOf(
  style: TerminalStyle,
  theme: Theme,
): { color: number; background: number | undefined; isPlain: boolean } {
  const text = style.color === undefined ? theme.text : valueOf(style.color, theme);
  const behind = style.background === undefined ? undefined : valueOf(style.background, theme);
  const [color, background] = style.isInverse === true ? [behind ?? theme.page, text] : [text, behind];
  const against = background ?? theme.page;
  const dimmed = style.isDim === true ? toValue(mix(toRgb(color), toRgb(against), 0.35)) : color;
  const isPlain = style.color === undefined && behind === undefined && style.isInverse !== true && style.isDim !== true;
  return { color: readable(dimmed, against), background, isPlain };
}

function valueOf(color: TerminalColor, theme: Theme): number {
  return color < RGB ? (theme.palette[color] ?? theme.text) : color - RGB;
}

/** The nearest colour on the way to black or white that can be read there. */
function readable(color: number, background: number): number {
  const towards = contrast(0x000000, background) > contrast(0xffffff, background) ? 0x000000 : 0xffffff;
  let found = color;
  for (let share = STEP; contrast(found, background) < MIN_CONTRAST && share < 1 + STEP; share += STEP)
    found = toValue(mix(toRgb(color), toRgb(towards), Math.min(share, 1)));
  return found;
}

/** WCAG 2.2, "contrast ratio". */
export function contrast(one: number, other: number): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(value: number): number {
  const [red = 0, green = 0, blue = 0] = toRgb(value).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function mix(from: Rgb, to: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => Math.round(from[index] + (to[index] - from[index]) * share);
  return [part(0), part(1), part(2)];
}

function toRgb(value: number): Rgb {
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

function toValue([red, green, blue]: Rgb): number {
  return red * 65_536 + green * 256 + blue;
}

function toHex(value: number): string {
  return `#${value.toString(16).padStart(6, '0')}`;
}
