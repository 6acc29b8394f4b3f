import { memo, type ReactNode, useState } from 'react';
import * as en from '../text/en.ts';
import { CopyButton } from './copy-button.tsx';
import { HighlightedText } from './highlight/highlighted-text.tsx';
import type { HighlightedLine } from './highlight/highlighted-line.ts';
import { useHighlight } from './highlight/use-highlight.ts';
import { Icon } from './icon.tsx';
import { visiblePart } from './visible-part.ts';

/** Shown at first; a step more shows ten times as much, so that no text takes the page with it. */
const FIRST = { maxLines: 400, maxCharacters: 60_000 };
const STEP = 10;

interface CodeBlockProps {
  readonly text: string;
  /** A fence's word or a file's ending; without one the text is plain. */
  readonly language?: string;
  /** What it is, where that is no language. */
  readonly label?: string;
}

/** Code or plain output, scrollable by keyboard, with buttons that copy it and wrap its lines. */
export const CodeBlock = memo(function CodeBlock({ text, language = '', label }: CodeBlockProps): ReactNode {
  const [isWrapped, setWrapped] = useState(false);
  const [steps, setSteps] = useState(0);
  const shownLanguage = language.split(/[\s,{]/, 1)[0] ?? '';
  const name = label ?? (shownLanguage === '' ? en.code.plain : en.code.language(shownLanguage));
  const factor = STEP ** steps;
  const { part, hiddenLines } = visiblePart(text, {
    maxLines: FIRST.maxLines * factor,
    maxCharacters: FIRST.maxCharacters * factor,
  });
  const lines = useHighlight(part, shownLanguage);
  return (
    <div className={`code-block ${isWrapped ? 'wrapped' : ''}`}>
      <div className="code-block-bar">
        <span>{label ?? shownLanguage}</span>
        <button
          type="button"
          className="icon-button small"
          aria-pressed={isWrapped}
          aria-label={en.code.wrap}
          title={en.code.wrap}
          onClick={() => setWrapped(!isWrapped)}
        >
          <Icon name="wrap" />
        </button>
        <CopyButton text={text} />
      </div>
      <pre tabIndex={0} role="region" aria-label={name}>
        <code>{lines === undefined ? part : <Lines text={part} lines={lines} />}</code>
      </pre>
      {(hiddenLines > 0 || steps > 0) && (
        <div className="code-block-more">
          {hiddenLines > 0 && (
            <button type="button" className="button subtle" onClick={() => setSteps(steps + 1)}>
              {hiddenLines === 1 ? en.code.moreText : en.code.more(hiddenLines)}
            </button>
          )}
          {steps > 0 && (
            <button type="button" className="button subtle" onClick={() => setSteps(0)}>
              {en.code.less}
            </button>
          )}
        </div>
      )}
    </div>
  );
});

function Lines({ text, lines }: { text: string; lines: readonly HighlightedLine[] }): ReactNode {
  return text
    .split('\n')
    .map((line, index, all) => (
      <Line key={index} text={index < all.length - 1 ? `${line}\n` : line} line={lines[index]} />
    ));
}

/** Drawn anew only where its text or its colours are others: a long block grows by its last line. */
const Line = memo(
  function Line({ text, line }: { text: string; line: HighlightedLine | undefined }): ReactNode {
    return <HighlightedText text={text} line={line} />;
  },
  (before, after) => before.text === after.text && (before.line === after.line || isSameLine(before.line, after.line)),
);

function isSameLine(one: HighlightedLine = [], other: HighlightedLine = []): boolean {
  return (
    one.length === other.length &&
    one.every((token, index) => {
      const same = other[index];
      return token.from === same?.from && token.to === same.to && token.kind === same.kind;
    })
  );
}
