/** A word as it is looked up: folded, with its place in the text, in UTF-16 units. */
export interface Token {
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** The words inside an identifier such as `useHighlight`; empty for plain words. */
  readonly parts: readonly Token[];
}

/** What is longer is no word: encoded data, which would only swell the index. */
const MAX_WORD_LENGTH = 100;

// Letters with their marks, and digits. Underscores and points part words, so that `app` finds `src/app.ts`.
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
// Scripts that are written without spaces: each character is a word, and words are looked up as phrases of them.
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;
const UNSPACED_OR_RUN = new RegExp(`${UNSPACED.source}|(?:(?!${UNSPACED.source})[\\s\\S])+`, 'gu');
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu;
const HAS_PARTS = /\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|\p{L}\p{N}|\p{N}\p{L}/u;

/** The words of a text, in order. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const { 0: run, index } of text.matchAll(WORD)) {
    if (!UNSPACED.test(run)) {
      if (run.length <= MAX_WORD_LENGTH) tokens.push(toToken(run, index));
      continue;
    }
    for (const { 0: piece, index: offset } of run.matchAll(UNSPACED_OR_RUN)) {
      if (piece.length <= MAX_WORD_LENGTH) tokens.push(toToken(piece, index + offset));
    }
  }
  return tokens;
}

function toToken(text: string, start: number): Token {
  const parts = HAS_PARTS.test(text)
    ? [...text.matchAll(PART)].map(({ 0: part, index }) => toPart(part, start + index))
    : [];
  return { word: fold(text), start, end: start + text.length, parts };
}

function toPart(text: string, start: number): Token {
  return { word: fold(text), start, end: start + text.length, parts: [] };
}

/** Without case, and without the accents of Latin letters. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  return isAscii(lower)
    ? lower
    : lower
        .normalize('NFD')
        .replaceAll(/[\u0300-\u036f]/g, '')
        .normalize('NFC');
}

function isAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) if (text.charCodeAt(index) > 0x7f) return false;
  return true;
}
