import { memo, type ReactNode } from 'react';
import * as en from '../../text/en.ts';
import type { HighlightedLine } from '../highlight/highlighted-line.ts';
import { Icon } from '../icon.tsx';
import { DiffCode } from './diff-code.tsx';
import type { Gap, SplitRow } from './diff-rows.ts';
import type { DiffLine } from './line-diff.ts';

/** The colours of both texts, by line. */
export interface DiffColors {
  readonly before: readonly HighlightedLine[] | undefined;
  readonly after: readonly HighlightedLine[] | undefined;
}

const SIGNS = { context: ' ', added: '+', removed: '−' } as const;

/** One line below the other. */
export const UnifiedLine = memo(function UnifiedLine({
  line,
  colors,
}: {
  line: DiffLine;
  colors: DiffColors;
}): ReactNode {
  const Line = line.type === 'added' ? 'ins' : line.type === 'removed' ? 'del' : 'div';
  return (
    <Line className={`diff-row ${line.type}`}>
      <span className="line-number">{line.oldLine}</span>
      <span className="line-number">{line.newLine}</span>
      <span className="sign">{SIGNS[line.type]}</span>
      <code>
        <DiffCode line={line} tokens={tokensOf(line, colors)} />
      </code>
    </Line>
  );
});

/** Before and after beside each other. */
export const SplitLine = memo(function SplitLine(props: {
  row: Extract<SplitRow, { type: 'pair' }>;
  colors: DiffColors;
}): ReactNode {
  const { before, after } = props.row;
  return (
    <div className="diff-split-row">
      <Half line={before} number={before?.oldLine} colors={props.colors} />
      <Half line={after} number={after?.newLine} colors={props.colors} />
    </div>
  );
});

function Half(props: { line: DiffLine | undefined; number: number | undefined; colors: DiffColors }): ReactNode {
  const { line, number, colors } = props;
  if (line === undefined) return <div className="diff-row none" />;
  const Line = line.type === 'added' ? 'ins' : line.type === 'removed' ? 'del' : 'div';
  return (
    <Line className={`diff-row ${line.type}`}>
      <span className="line-number">{number}</span>
      <span className="sign">{SIGNS[line.type]}</span>
      <code>
        <DiffCode line={line} tokens={tokensOf(line, colors)} />
      </code>
    </Line>
  );
}

/** Unchanged lines that can be shown. */
export function GapRow({ gap, onOpen }: { gap: Gap; onOpen: (from: number) => void }): ReactNode {
  return (
    <button type="button" className="diff-gap" onClick={() => onOpen(gap.from)}>
      <Icon name="expand" />
      {en.diff.showGap(gap.to - gap.from)}
    </button>
  );
}

function tokensOf({ oldLine, newLine }: DiffLine, { before, after }: DiffColors): HighlightedLine | undefined {
  return newLine === undefined ? before?.[(oldLine ?? 0) - 1] : after?.[newLine - 1];
}
