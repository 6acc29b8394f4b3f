import type { HighlightedLine, TokenKind } from '../highlight/highlighted-line.ts';
import type { ChangedRange } from './changed-words.ts';

/** A part of a line that looks the same throughout. */
export interface LinePiece {
  readonly text: string;
  readonly kind: TokenKind | undefined;
  readonly isChanged: boolean;
}

/** Cuts a line where its colours or its changes begin or end. Both lists are in order. */
export function linePieces(
  text: string,
  tokens: HighlightedLine,
  changes: readonly ChangedRange[],
): readonly LinePiece[] {
  const cuts = new Set([0, text.length]);
  for (const { from, to } of [...tokens, ...changes]) cuts.add(from).add(to);
  const places = [...cuts].filter((place) => place <= text.length).toSorted((one, other) => one - other);
  let token = 0;
  let change = 0;
  return places.slice(0, -1).map((from, index) => {
    while ((tokens[token]?.to ?? Infinity) <= from) token += 1;
    while ((changes[change]?.to ?? Infinity) <= from) change += 1;
    const isColoured = (tokens[token]?.from ?? Infinity) <= from;
    return {
      text: text.slice(from, places[index + 1]),
      kind: isColoured ? tokens[token]?.kind : undefined,
      isChanged: (changes[change]?.from ?? Infinity) <= from,
    };
  });
}
