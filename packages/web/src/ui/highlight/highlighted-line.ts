/** What a piece of code is; each has its colour in `highlight.css`. */
export const TOKEN_KINDS = [
  'comment',
  'keyword',
  'string',
  'number',
  'function',
  'type',
  'attribute',
  'tag',
  'meta',
  'added',
  'removed',
  'strong',
  'emphasis',
] as const;

export type TokenKind = (typeof TOKEN_KINDS)[number];

/** A coloured piece of a line, in UTF-16 code units from the line's begin; what lies between two is plain. */
export interface HighlightedToken {
  readonly from: number;
  readonly to: number;
  readonly kind: TokenKind;
}

/** The coloured pieces of one line, in their order. */
export type HighlightedLine = readonly HighlightedToken[];

/** Lines as four numbers for each token (line, from, to, kind): what the worker sends, without a copy. */
export type EncodedTokens = Uint32Array<ArrayBuffer>;

const NUMBERS_PER_TOKEN = 4;

/** One entry for each line of the text; lines without a token share one. */
export function decodeTokens(encoded: EncodedTokens, lineCount: number): readonly HighlightedLine[] {
  const lines: HighlightedToken[][] = Array.from({ length: lineCount }, () => []);
  for (let at = 0; at + NUMBERS_PER_TOKEN <= encoded.length; at += NUMBERS_PER_TOKEN) {
    const [line = 0, from = 0, to = 0, kind = 0] = encoded.subarray(at, at + NUMBERS_PER_TOKEN);
    const name = TOKEN_KINDS[kind];
    if (name !== undefined) lines[line]?.push({ from, to, kind: name });
  }
  return lines;
}
