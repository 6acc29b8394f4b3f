import { memo, type ReactNode, useEffect, useMemo, useState } from 'react';
import * as en from '../../text/en.ts';
import { CopyButton } from '../copy-button.tsx';
import { useStore } from '../use-store.ts';
import { WindowedRows } from '../windowed-rows.tsx';
import { cssOfStyle } from './readable-color.ts';
import type { TerminalLine } from './terminal-line.ts';
import { createTerminalReader } from './terminal-reader.ts';
import { textOfLines } from './terminal-text.ts';

/** The end of a long output says most; the rest is shown on demand. */
const LAST_LINES = 2_000;
/** Even then a page holds no more. */
const ALL_LINES = 500_000;
/** 20 px, as in tools.css. */
const LINE_HEIGHT = 20;

interface TerminalViewProps {
  readonly text: string;
  readonly label: string;
  /** Stands behind the label: an exit code, a state. */
  readonly note?: ReactNode | undefined;
}

/** What a program printed, with its colours; it begins at the end and follows what is added. */
export function TerminalView({ text, label, note }: TerminalViewProps): ReactNode {
  const [maxLines, setMaxLines] = useState(LAST_LINES);
  // One more, for the empty line after the last one.
  const reader = useMemo(() => createTerminalReader(maxLines + 1), [maxLines]);
  // Before the store is read: a short text is in the first drawing, and none begins empty.
  reader.want(text);
  useEffect(() => () => reader.close(), [reader]);
  const { lines, dropped, isReading } = useStore(reader);
  const ended = useMemo(() => withoutEmptyEnd(lines), [lines]);
  const shown = useMemo(() => ended.slice(-maxLines), [ended, maxLines]);
  const hidden = dropped + ended.length - shown.length;
  return (
    <div className="code-block" data-testid="terminal-text">
      <div className="code-block-bar">
        <span>
          {label}
          {note !== undefined && <> · {note}</>}
        </span>
        <CopyButton text={() => textOfLines(shown)} />
      </div>
      {(hidden > 0 || isReading) && (
        <p className="terminal-note">
          <span>{isReading ? en.output.reading : en.output.lastLines(shown.length)}</span>
          {!isReading && maxLines === LAST_LINES && (
            <button type="button" className="button subtle" onClick={() => setMaxLines(ALL_LINES)}>
              {en.output.showAll(hidden + shown.length)}
            </button>
          )}
        </p>
      )}
      <WindowedRows
        rows={shown}
        draw={drawLine}
        label={label}
        className="terminal-text"
        rowHeight={LINE_HEIGHT}
        followsEnd
      />
    </div>
  );
}

function drawLine(line: TerminalLine): ReactNode {
  return <Line line={line} />;
}

const Line = memo(function Line({ line }: { line: TerminalLine }): ReactNode {
  return (
    <div className="terminal-line">
      {line.map(({ text, style }, index) => {
        if (style === undefined) return text;
        const css = cssOfStyle(style);
        return style.href === undefined ? (
          <span key={index} style={css}>
            {text}
          </span>
        ) : (
          <a key={index} style={css} href={style.href} target="_blank" rel="noreferrer noopener" title={style.href}>
            {text}
          </a>
        );
      })}
    </div>
  );
});

/** A program ends its last line; the empty one after it says nothing. */
function withoutEmptyEnd(lines: readonly TerminalLine[]): readonly TerminalLine[] {
  const last = lines.at(-1);
  return last !== undefined && last.length === 0 ? lines.slice(0, -1) : lines;
}
