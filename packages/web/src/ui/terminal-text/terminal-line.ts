import type { TerminalStyle } from './terminal-style.ts';

/** Text of one look. */
export interface TerminalSpan {
  readonly text: string;
  readonly style: TerminalStyle | undefined;
}

/** A line is the same object as long as nothing in it changes. */
export type TerminalLine = readonly TerminalSpan[];

interface Cells {
  readonly characters: string[];
  readonly styles: (TerminalStyle | undefined)[];
}

/**
 * A line that is being printed. Text is mostly appended, which costs nothing but the text; only a line that is
 * written over is taken apart into characters.
 */
export class TerminalLineEditor {
  #spans: TerminalSpan[] = [];
  #cells: Cells | undefined;
  #length = 0;
  #made: TerminalLine | undefined;

  /** In characters. */
  get length(): number {
    return this.#length;
  }

  /** Writes at a column, over what is there; returns the column behind it. */
  write(column: number, { text, style }: TerminalSpan): number {
    this.#made = undefined;
    if (this.#cells === undefined && column === this.#length) {
      const last = this.#spans.at(-1);
      if (last !== undefined && last.style === style) {
        this.#spans[this.#spans.length - 1] = { text: last.text + text, style };
      } else this.#spans.push({ text, style });
      this.#length += characterCount(text);
      return this.#length;
    }
    const { characters, styles } = this.#toCells();
    while (characters.length < column) {
      characters.push(' ');
      styles.push(undefined);
    }
    let at = column;
    for (const character of text) {
      characters[at] = character;
      styles[at] = style;
      at += 1;
    }
    this.#length = characters.length;
    return at;
  }

  /** Erases columns from `start` up to, but without, `end`. */
  erase(start: number, end: number): void {
    if (start >= this.#length) return;
    this.#made = undefined;
    if (start === 0 && end >= this.#length) {
      this.#spans = [];
      this.#cells = undefined;
      this.#length = 0;
      return;
    }
    const { characters, styles } = this.#toCells();
    if (end >= characters.length) {
      characters.length = start;
      styles.length = start;
    } else {
      characters.fill(' ', start, end);
      styles.fill(undefined, start, end);
    }
    this.#length = characters.length;
  }

  /** The line as it is now. */
  spans(): TerminalLine {
    return (this.#made ??= this.#cells === undefined ? [...this.#spans] : spansOf(this.#cells));
  }

  /** The cursor leaves the line: its characters need not be kept apart any more. */
  leave(): void {
    if (this.#cells === undefined) return;
    this.#spans = [...this.spans()];
    this.#cells = undefined;
  }

  #toCells(): Cells {
    if (this.#cells !== undefined) return this.#cells;
    const cells: Cells = { characters: [], styles: [] };
    for (const { text, style } of this.#spans) {
      for (const character of text) {
        cells.characters.push(character);
        cells.styles.push(style);
      }
    }
    this.#spans = [];
    return (this.#cells = cells);
  }
}

function spansOf({ characters, styles }: Cells): TerminalLine {
  const spans: TerminalSpan[] = [];
  let start = 0;
  for (let index = 1; index <= characters.length; index++) {
    if (index < characters.length && styles[index] === styles[start]) continue;
    spans.push({ text: characters.slice(start, index).join(''), style: styles[start] });
    start = index;
  }
  return spans;
}

const SECOND_OF_PAIR = /(?<=[\ud800-\udbff])[\udc00-\udfff]/g;

/** In code points: what a terminal's cursor counts, but for wide characters. */
export function characterCount(text: string): number {
  return text.length - (text.match(SECOND_OF_PAIR)?.length ?? 0);
}
