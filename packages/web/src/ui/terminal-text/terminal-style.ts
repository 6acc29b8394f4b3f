/** A colour: 0–15 names one of the theme's, from `RGB` on it is a 24-bit value. */
export type TerminalColor = number;

/** Added to a 24-bit value. */
export const RGB = 16;

/** How a piece of terminal text looks. Equal styles of one parser are the same object. */
export interface TerminalStyle {
  readonly color?: TerminalColor;
  readonly background?: TerminalColor;
  readonly isBold?: true;
  readonly isDim?: true;
  readonly isItalic?: true;
  readonly isUnderlined?: true;
  readonly isStruck?: true;
  readonly isInverse?: true;
  /** Where a link goes (OSC 8): only addresses that may be opened. */
  readonly href?: string;
}

type Change = { [Key in keyof TerminalStyle]: TerminalStyle[Key] | undefined };

/** More than this many numbers in one sequence mean nothing. */
const MAX_NUMBERS = 64;
/** Values between the six steps of the 256-colour cube (xterm). */
const CUBE = [0, 95, 135, 175, 215, 255] as const;

/** Applies SGR (ECMA-48 8.3.117): the parameters between `ESC [` and `m`. What is unknown changes nothing. */
export function applySgr(style: TerminalStyle, parameters: string): TerminalStyle {
  let next = style;
  const groups = parameters.split(';', MAX_NUMBERS).map((group) => group.split(':', MAX_NUMBERS).map(toNumber));
  for (let index = 0; index < groups.length; index++) {
    const group = groups[index] ?? [];
    const [code = 0] = group;
    if (code === 0) {
      next = style.href === undefined ? {} : { href: style.href };
    } else if (code === 38 || code === 48) {
      // `38;5;n` takes the numbers that follow, `38:5:n` has them in its own group.
      const rest = group.length > 1 ? group.slice(1) : groups.slice(index + 1, index + 5).map(([value = 0]) => value);
      const { color, length } = extendedColor(rest, group.length > 1);
      if (group.length === 1) index += length;
      if (color !== undefined) next = change(next, code === 38 ? { color } : { background: color });
    } else {
      next = change(next, changeOf(code, group[1]));
    }
  }
  return next;
}

/** A style with some of its parts changed; undefined takes a part away. */
export function change(style: TerminalStyle, parts: Change): TerminalStyle {
  return Object.fromEntries(Object.entries({ ...style, ...parts }).filter(([, value]) => value !== undefined));
}

function changeOf(code: number, variant: number | undefined): Change {
  if (code >= 30 && code <= 37) return { color: code - 30 };
  if (code >= 90 && code <= 97) return { color: code - 90 + 8 };
  if (code >= 40 && code <= 47) return { background: code - 40 };
  if (code >= 100 && code <= 107) return { background: code - 100 + 8 };
  return CODES.get(code === 4 && variant === 0 ? 24 : code) ?? {};
}

/** Hidden text (8) stays visible on purpose: nothing that was printed is kept from the reader. */
const CODES: ReadonlyMap<number, Change> = new Map<number, Change>([
  [1, { isBold: true }],
  [2, { isDim: true }],
  [3, { isItalic: true }],
  [4, { isUnderlined: true }],
  [7, { isInverse: true }],
  [9, { isStruck: true }],
  [21, { isUnderlined: true }],
  [22, { isBold: undefined, isDim: undefined }],
  [23, { isItalic: undefined }],
  [24, { isUnderlined: undefined }],
  [27, { isInverse: undefined }],
  [29, { isStruck: undefined }],
  [39, { color: undefined }],
  [49, { background: undefined }],
]);

function extendedColor(
  [mode, ...values]: readonly number[],
  isGroup: boolean,
): { color: TerminalColor | undefined; length: number } {
  if (mode === 5) return { color: indexedColor(values[0] ?? 0), length: 2 };
  if (mode !== 2) return { color: undefined, length: 1 };
  // ITU T.416 puts a colour space before the three values where colons part them.
  const [red = 0, green = 0, blue = 0] = isGroup && values.length > 3 ? values.slice(1) : values;
  const isColor = [red, green, blue].every((value) => value <= 255);
  return { color: isColor ? RGB + red * 65_536 + green * 256 + blue : undefined, length: 4 };
}

function indexedColor(index: number): TerminalColor | undefined {
  if (index < 16) return index;
  if (index > 255) return undefined;
  const level = index - 232;
  const [red, green, blue] =
    level >= 0
      ? [8 + level * 10, 8 + level * 10, 8 + level * 10]
      : [Math.floor((index - 16) / 36), Math.floor((index - 16) / 6) % 6, (index - 16) % 6].map(
          (step) => CUBE[step] ?? 0,
        );
  return RGB + (red ?? 0) * 65_536 + (green ?? 0) * 256 + (blue ?? 0);
}

function toNumber(text: string): number {
  const value = Number.parseInt(text, 10);
  return Number.isNaN(value) ? 0 : Math.min(value, 65_535);
}
