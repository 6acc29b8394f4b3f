import { memo, type ReactNode, useCallback, useId, useMemo, useState } from 'react';
import * as en from '../../text/en.ts';
import { CopyButton } from '../copy-button.tsx';
import { codeLanguageOfPath } from '../highlight/languages.ts';
import { useHighlight } from '../highlight/use-highlight.ts';
import { Icon } from '../icon.tsx';
import { showControls } from '../show-controls.ts';
import { WindowedRows } from '../windowed-rows.tsx';
import { type DiffColors, GapRow, SplitLine, UnifiedLine } from './diff-row.tsx';
import { foldUnchanged, type SplitRow, splitRows, type UnifiedRow } from './diff-rows.ts';
import { isBinary, type LineDiff } from './line-diff.ts';
import { patchText } from './patch-text.ts';
import { useLineDiff } from './use-line-diff.ts';

/** Longer texts are not compared in the page, in UTF-16 code units. */
const MAX_TEXT = 4_000_000;
/** Longer ones are not coloured. */
const MAX_COLOURED = 400_000;
/** What a row is high that does not wrap: 13 px × 1.5, as in tools.css. */
const ROW_HEIGHT = 20;
/** Rows of a short view. */
const SHORT_ROWS = 11;

export interface DiffViewProps {
  readonly path: string;
  /** Empty for a new file. */
  readonly oldText: string;
  /** Empty for a deleted file. */
  readonly newText: string;
  /** Shows the first lines, and all on demand. */
  readonly isShort?: boolean;
  readonly startsSplit?: boolean;
  readonly startsFolded?: boolean;
}

/** A change of one file, line by line. */
export const DiffView = memo(function DiffView(props: DiffViewProps): ReactNode {
  const { path, oldText, newText } = props;
  const length = oldText.length + newText.length;
  if (length > MAX_TEXT)
    return <p className="soft">{en.diff.tooLarge(showControls(path), Math.round(length / 1024))}</p>;
  if (isBinary(oldText) || isBinary(newText)) return <p className="soft">{en.diff.binary(showControls(path))}</p>;
  return <TextDiff {...props} />;
});

function TextDiff({ path, oldText, newText, isShort, startsSplit, startsFolded }: DiffViewProps): ReactNode {
  const diff = useLineDiff(oldText, newText);
  const [isOpen, setOpen] = useState(startsFolded !== true);
  const [isSplit, setSplit] = useState(startsSplit === true);
  const bodyId = useId();
  const name = showControls(path);
  const isNew = oldText === '';
  const isGone = newText === '';
  return (
    <figure className={`diff ${isSplit ? 'split' : ''}`} data-testid="diff">
      <figcaption>
        <button
          type="button"
          className="diff-path"
          aria-expanded={isOpen}
          aria-controls={bodyId}
          onClick={() => setOpen(!isOpen)}
        >
          <span className="tool-chevron">
            <Icon name="chevron" />
          </span>
          <bdi>{name}</bdi>
        </button>
        {(isNew || isGone) && <span className="chip">{isNew ? en.diff.newFile : en.diff.emptied}</span>}
        {diff !== undefined && <DiffCounts diff={diff} />}
        <span className="diff-actions">
          <button
            type="button"
            className="icon-button small diff-split-button"
            aria-pressed={isSplit}
            aria-label={en.diff.split}
            title={en.diff.split}
            onClick={() => setSplit(!isSplit)}
          >
            <Icon name="columns" />
          </button>
          {diff !== undefined && (
            <CopyButton label={en.diff.copyPatch} icon="patch" text={() => patchText(path, diff, { isNew, isGone })} />
          )}
          {!isGone && <CopyButton label={en.diff.copyNew} text={newText} />}
        </span>
      </figcaption>
      <div id={bodyId} hidden={!isOpen}>
        {isOpen && diff === undefined && <p className="soft diff-words">{en.diff.comparing}</p>}
        {isOpen && diff !== undefined && (
          <DiffBody {...{ path, oldText, newText }} diff={diff} isSplit={isSplit} isShort={isShort === true} />
        )}
      </div>
    </figure>
  );
}

interface DiffBodyProps extends Pick<DiffViewProps, 'path' | 'oldText' | 'newText'> {
  readonly diff: LineDiff;
  readonly isSplit: boolean;
  readonly isShort: boolean;
}

function DiffBody({ path, oldText, newText, diff, isSplit, isShort }: DiffBodyProps): ReactNode {
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const [isWhole, setWhole] = useState(!isShort);
  const language = oldText.length + newText.length > MAX_COLOURED ? '' : (codeLanguageOfPath(path) ?? '');
  const before = useHighlight(oldText, language);
  const after = useHighlight(newText, language);
  const colors: DiffColors = useMemo(() => ({ before, after }), [before, after]);
  const open = useCallback((from: number) => setOpened((known) => new Set([...known, from])), []);
  const unified = useMemo(() => foldUnchanged(diff.lines, opened), [diff, opened]);
  const all: readonly (SplitRow | UnifiedRow)[] = useMemo(
    () => (isSplit ? splitRows(unified) : unified),
    [unified, isSplit],
  );
  const isCut = !isWhole && all.length > SHORT_ROWS;
  const rows = useMemo(() => (isCut ? all.slice(0, SHORT_ROWS) : all), [all, isCut]);
  const draw = (row: SplitRow | UnifiedRow): ReactNode => {
    if (row.type === 'gap') return <GapRow gap={row} onOpen={open} />;
    return row.type === 'pair' ? <SplitLine row={row} colors={colors} /> : <UnifiedLine line={row} colors={colors} />;
  };
  return (
    <>
      <DiffWords diff={diff} />
      <WindowedRows
        rows={rows}
        draw={draw}
        label={en.diff.changesIn(showControls(path))}
        className="diff-scroll"
        rowHeight={ROW_HEIGHT}
      />
      {isCut && (
        <button type="button" className="button subtle diff-all" onClick={() => setWhole(true)}>
          {en.diff.showAll(all.length)}
        </button>
      )}
    </>
  );
}

/** What the lines alone do not say. */
function DiffWords({ diff: { lines, added, removed, lineEnds, isGivenUp } }: { diff: LineDiff }): ReactNode {
  const words = [
    lineEnds !== undefined && en.diff.lineEnds(en.diff.lineEnd[lineEnds.before], en.diff.lineEnd[lineEnds.after]),
    isGivenUp && en.diff.gaveUp,
    (lines.length === 0 || (added === 0 && removed === 0 && lineEnds === undefined)) && en.diff.same,
  ].filter((each) => each !== false);
  return words.length === 0 ? null : <p className="soft diff-words">{words.join(' ')}</p>;
}

function DiffCounts({ diff: { added, removed } }: { diff: LineDiff }): ReactNode {
  return (
    <span className="diff-counts">
      <span className="added">
        <span aria-hidden="true">+{added}</span>
        <span className="visually-hidden">{en.diff.added(added)}, </span>
      </span>{' '}
      <span className="removed">
        <span aria-hidden="true">−{removed}</span>
        <span className="visually-hidden">{en.diff.removed(removed)}</span>
      </span>
    </span>
  );
}
