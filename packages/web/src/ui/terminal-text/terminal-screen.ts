import { characterCount, type TerminalLine, TerminalLineEditor } from './terminal-line.ts';
import type { TerminalStyle } from './terminal-style.ts';

/** A longer line is broken: a line must stay something that a page can draw. */
const MAX_LINE = 10_000;
/** How far to the right a cursor can be sent: a few bytes must not make megabytes of blanks. */
const MAX_MOVE = 500;
/** How many rows back a cursor can go; progress that takes more is shown line by line. */
const SCREEN_ROWS = 100;
/** Lines are let go of in batches. */
const SPARE_LINES = 500;

/** What a terminal shows that scrolls for ever: lines, and a cursor in the last of them. */
export class TerminalScreen {
  readonly #maxLines: number;
  #lines = [new TerminalLineEditor()];
  #row = 0;
  #column = 0;
  #dropped = 0;

  constructor(maxLines: number) {
    this.#maxLines = maxLines;
  }

  /** Lines that were let go of at the beginning. */
  get dropped(): number {
    return this.#dropped + Math.max(0, this.#lines.length - this.#maxLines);
  }

  lines(): readonly TerminalLine[] {
    return this.#lines.slice(-this.#maxLines).map((line) => line.spans());
  }

  write(text: string, style: TerminalStyle | undefined): void {
    let rest = text;
    while (this.#column + characterCount(rest) > MAX_LINE) {
      const room = Math.max(0, MAX_LINE - this.#column);
      // Code units, so that a pair of them is not parted.
      const cut = isHighSurrogate(rest, room - 1) ? room - 1 : room;
      this.#current().write(this.#column, { text: rest.slice(0, cut), style });
      rest = rest.slice(cut);
      this.lineFeed();
    }
    if (rest !== '') this.#column = this.#current().write(this.#column, { text: rest, style });
  }

  lineFeed(): void {
    this.#goToRow(this.#row + 1);
    this.#column = 0;
  }

  toColumn(column: number): void {
    this.#column = Math.max(0, Math.min(column, Math.max(MAX_MOVE, this.#current().length)));
  }

  moveColumns(count: number): void {
    this.toColumn(this.#column + count);
  }

  moveRows(count: number): void {
    const first = Math.max(0, this.#lines.length - SCREEN_ROWS);
    this.#goToRow(Math.max(first, Math.min(this.#row + count, this.#lines.length - 1)));
  }

  /** ECMA-48 EL: 0 from the cursor on, 1 up to it, 2 the whole line. */
  eraseInLine(mode: number): void {
    if (mode === 0) this.#current().erase(this.#column, Infinity);
    if (mode === 1) this.#current().erase(0, this.#column + 1);
    if (mode === 2) this.#current().erase(0, Infinity);
  }

  /** ECMA-48 ED 0: from the cursor on. What was printed before is never taken away. */
  eraseBelow(): void {
    this.eraseInLine(0);
    this.#lines.length = this.#row + 1;
  }

  #current(): TerminalLineEditor {
    return (this.#lines[this.#row] ??= new TerminalLineEditor());
  }

  #goToRow(row: number): void {
    if (row === this.#row) return;
    this.#current().leave();
    this.#row = row;
    this.#current();
    if (this.#lines.length <= this.#maxLines + SPARE_LINES) return;
    const count = this.#lines.length - this.#maxLines;
    this.#lines = this.#lines.slice(count);
    this.#row = Math.max(0, this.#row - count);
    this.#dropped += count;
  }
}

function isHighSurrogate(text: string, index: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= 0xd800 && unit <= 0xdbff;
}
