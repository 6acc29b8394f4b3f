import { safeLink } from '../markdown/safe-link.ts';
import type { TerminalLine } from './terminal-line.ts';
import { TerminalScreen } from './terminal-screen.ts';
import { applySgr, change, type TerminalStyle } from './terminal-style.ts';

/** A longer sequence is no sequence: what follows is text again. */
const MAX_SEQUENCE = 256;
/** Links are read from the beginning of a control string. */
const MAX_KEPT = 4_096;
/** A control string (an image, a clipboard) that has no end by then has none at all. */
const MAX_STRING = 1_048_576;
/** Distinct looks that are remembered; beyond it equal ones may be different objects. */
const MAX_STYLES = 4_096;

const PLAIN_STYLE: TerminalStyle = {};

/* oxlint-disable no-control-regex -- control characters are what is read here */
const PRINTABLE = /[^\u0000-\u0008\u000a-\u001f\u007f-\u009f]+/y;
/** ECMA-48 5.4: parameters, intermediates, final. */
const CSI = /(?:\u001b\[|\u009b)([0-?]*)([ -/]*)([@-~])/y;
const CSI_PART = /(?:\u001b\[|\u009b)[0-?]*[ -/]*/y;
const CSI_BEGUN = /^(?:\u001b\[|\u009b)[0-?]*[ -/]*$/;
/** What begins a string that a terminal does not show: DCS, SOS, OSC, PM, APC. */
const STRING_BEGIN = /\u001b[PX\]^_]|[\u0090\u0098\u009d\u009e\u009f]/y;
const STRING_END = /[\u0007\u0018\u001a\u001b\u009c]/g;
const OSC_END = /[\u0007\n\u0018\u001a\u001b\u009c]/g;
/** Other escape sequences: intermediates and one final. */
const ESCAPE = /\u001b[ -/]*[0-~]/y;
const ESCAPE_BEGUN = /^\u001b[ -/]*$/;
/* oxlint-enable no-control-regex */

/** What a program printed to a terminal, read piece by piece; a piece may end anywhere. */
export class TerminalText {
  readonly #screen: TerminalScreen;
  readonly #styles = new Map<string, TerminalStyle>();
  /** What a sequence made of a style: programs print the same few again and again. */
  readonly #changes = new Map<TerminalStyle, Map<string, TerminalStyle>>();
  #style: TerminalStyle = PLAIN_STYLE;
  /** The beginning of a sequence whose rest has not come. */
  #rest = '';
  /** The control string that is being skipped. */
  #string: { readonly isOsc: boolean; kept: string; length: number } | undefined;

  /** `maxLines`: older ones are let go of. */
  constructor({ maxLines }: { maxLines: number }) {
    this.#screen = new TerminalScreen(maxLines);
  }

  /** Lines that were let go of. */
  get dropped(): number {
    return this.#screen.dropped;
  }

  lines(): readonly TerminalLine[] {
    return this.#screen.lines();
  }

  feed(piece: string): void {
    const text = this.#rest + piece;
    this.#rest = '';
    let at = 0;
    while (at < text.length) at = this.#string === undefined ? this.#read(text, at) : this.#skipString(text, at);
  }

  /** Reads what stands at `at`; returns where it ends. */
  #read(text: string, at: number): number {
    const printable = match(PRINTABLE, text, at);
    if (printable !== undefined) {
      this.#screen.write(printable[0], this.#style === PLAIN_STYLE ? undefined : this.#style);
      return at + printable[0].length;
    }
    const first = text.charAt(at);
    if (first !== '\u001b' && (first < '\u0080' || first === '\u0085')) {
      this.#control(first);
      return at + 1;
    }
    const begin = match(STRING_BEGIN, text, at);
    if (begin !== undefined) {
      this.#string = { isOsc: /[\]\u009d]$/.test(begin[0]), kept: '', length: 0 };
      return at + begin[0].length;
    }
    const csi = match(CSI, text, at);
    if (csi !== undefined && csi[0].length <= MAX_SEQUENCE) {
      const [sequence, parameters = '', intermediates = '', final = ''] = csi;
      if (intermediates === '') this.#csi(final, parameters);
      return at + sequence.length;
    }
    const rest = text.slice(at, at + MAX_SEQUENCE + 1);
    if (rest.length <= MAX_SEQUENCE && (CSI_BEGUN.test(rest) || ESCAPE_BEGUN.test(rest))) {
      this.#rest = rest;
      return text.length;
    }
    // One that is broken off (`ESC [ 3 \n`) is dropped alone, not with what follows.
    const broken = match(CSI_PART, text, at) ?? match(ESCAPE, text, at);
    return at + Math.min(broken?.[0].length ?? 1, MAX_SEQUENCE);
  }

  #skipString(text: string, at: number): number {
    const string = this.#string;
    if (string === undefined) return at;
    const pattern = string.isOsc ? OSC_END : STRING_END;
    pattern.lastIndex = at;
    const limit = at + MAX_STRING - string.length;
    const found = pattern.exec(text)?.index ?? text.length;
    const end = Math.min(found, limit);
    string.kept += text.slice(at, Math.min(end, at + MAX_KEPT - string.kept.length));
    string.length += end - at;
    if (end === limit) {
      this.#string = undefined;
      return end;
    }
    if (end === text.length) return end;
    const terminator = text.charAt(end);
    if (terminator === '\u001b' && end + 1 === text.length) {
      this.#rest = terminator;
      return text.length;
    }
    this.#string = undefined;
    const isEnded = terminator === '\u0007' || terminator === '\u009c' || text.startsWith('\u001b\\', end);
    if (isEnded && string.isOsc) this.#osc(string.kept);
    // A new line or sequence that breaks it off counts itself.
    if (!isEnded && (terminator === '\n' || terminator === '\u001b')) return end;
    return end + (terminator === '\u001b' ? 2 : 1);
  }

  #control(character: string): void {
    if (character === '\n' || character === '\u0085') this.#screen.lineFeed();
    else if (character === '\r') this.#screen.toColumn(0);
    else if (character === '\b') this.#screen.moveColumns(-1);
    else if (character === '\u000b' || character === '\f') this.#screen.lineFeed();
  }

  #csi(final: string, parameters: string): void {
    const count = Math.min(Number.parseInt(parameters, 10) || 0, 65_535);
    const screen = this.#screen;
    if (final === 'm') this.#sgr(parameters);
    else if (final === 'A') screen.moveRows(-Math.max(count, 1));
    else if (final === 'B') screen.moveRows(Math.max(count, 1));
    else if (final === 'C') screen.moveColumns(Math.max(count, 1));
    else if (final === 'D') screen.moveColumns(-Math.max(count, 1));
    else if (final === 'E' || final === 'F') {
      screen.moveRows(final === 'E' ? Math.max(count, 1) : -Math.max(count, 1));
      screen.toColumn(0);
    } else if (final === 'G') screen.toColumn(Math.max(count, 1) - 1);
    else if (final === 'K') screen.eraseInLine(count);
    else if (final === 'J' && count === 0) screen.eraseBelow();
  }

  #sgr(parameters: string): void {
    const before = this.#style;
    const known = this.#changes.get(before);
    const style = known?.get(parameters);
    if (style !== undefined) {
      this.#style = style;
      return;
    }
    if (!/^[\d;:]*$/.test(parameters)) return;
    this.#setStyle(applySgr(before, parameters));
    const changes = known ?? new Map<string, TerminalStyle>();
    if (this.#changes.size >= MAX_STYLES || changes.size >= MAX_STYLES) this.#changes.clear();
    this.#changes.set(before, changes.set(parameters, this.#style));
  }

  /** OSC 8 begins or ends a link; everything else (titles, clipboard, notifications) is dropped. */
  #osc(content: string): void {
    const link = /^8;[^;]*;([^]*)$/.exec(content);
    if (link === null || content.length >= MAX_KEPT) return;
    this.#setStyle(change(this.#style, { href: safeLink(link[1] ?? '') }));
  }

  #setStyle(style: TerminalStyle): void {
    const key = JSON.stringify(Object.entries(style).toSorted(([one], [other]) => (one < other ? -1 : 1)));
    if (key === '[]') {
      this.#style = PLAIN_STYLE;
      return;
    }
    if (this.#styles.size >= MAX_STYLES) this.#styles.clear();
    const known = this.#styles.get(key) ?? style;
    this.#styles.set(key, known);
    this.#style = known;
  }
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}

/** The lines of a whole output, the last `maxLines` of them. */
export function parseTerminalText(text: string, maxLines = 2_000): readonly TerminalLine[] {
  const parser = new TerminalText({ maxLines });
  parser.feed(text);
  return parser.lines();
}

/** Lines as they can be copied. */
export function textOfLines(lines: readonly TerminalLine[]): string {
  return lines.map((line) => line.map(({ text }) => text).join('')).join('\n');
}
