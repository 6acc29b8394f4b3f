import { type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import type { HighlightedLine } from '../highlight/highlighted-line.ts';
import { showControls } from '../show-controls.ts';
import { changedWords } from './changed-words.ts';
import type { DiffLine } from './line-diff.ts';
import { linePieces } from './line-pieces.ts';

/** Of a longer line only the beginning is shown at first, in characters. */
const MAX_SHOWN = 1_000;

interface DiffCodeProps {
  readonly line: DiffLine;
  readonly tokens: HighlightedLine | undefined;
}

/** The text of one line: coloured, its changed words marked, invisible and direction-turning characters shown. */
export function DiffCode({ line, tokens }: DiffCodeProps): ReactNode {
  const [isWhole, setWhole] = useState(false);
  const hidden = isWhole ? 0 : line.text.length - MAX_SHOWN;
  const text = hidden > 0 ? line.text.slice(0, MAX_SHOWN) : line.text;
  const changes = line.counterpart === undefined ? [] : changedWords(line.text, line.counterpart);
  const isCarriageReturn = hidden <= 0 && text.endsWith('\r');
  const pieces = linePieces(isCarriageReturn ? text.slice(0, -1) : text, tokens ?? [], changes);
  return (
    <>
      {pieces.map(({ text: piece, kind, isChanged }, index) => {
        const name = kind === undefined ? undefined : `hl-${kind}`;
        const shown = showControls(piece);
        if (isChanged)
          return (
            <mark key={index} className={name}>
              {shown}
            </mark>
          );
        return name === undefined ? (
          shown
        ) : (
          <span key={index} className={name}>
            {shown}
          </span>
        );
      })}
      {isCarriageReturn && <span className="diff-note">␍</span>}
      {hidden > 0 && (
        <button type="button" className="diff-more" onClick={() => setWhole(true)}>
          {en.diff.longLine(hidden)}
        </button>
      )}
      {line.isUnended === true && <span className="diff-note"> {en.diff.noNewline}</span>}
    </>
  );
}
