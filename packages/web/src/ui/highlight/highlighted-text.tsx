import { memo, type ReactNode } from 'react';
import type { HighlightedLine } from './highlighted-line.ts';

interface HighlightedTextProps {
  /** One line. */
  readonly text: string;
  readonly line: HighlightedLine | undefined;
}

/** A line with its coloured pieces as spans. */
export const HighlightedText = memo(function HighlightedText({ text, line }: HighlightedTextProps): ReactNode {
  if (line === undefined || line.length === 0) return text;
  const parts: ReactNode[] = [];
  let at = 0;
  for (const { from, to, kind } of line) {
    if (from > at) parts.push(text.slice(at, from));
    parts.push(
      <span key={from} className={`hl-${kind}`}>
        {text.slice(Math.max(at, from), to)}
      </span>,
    );
    at = to;
  }
  parts.push(text.slice(at));
  return parts;
});
