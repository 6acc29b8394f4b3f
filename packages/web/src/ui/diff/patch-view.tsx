import { type ReactNode, useMemo } from 'react';
import * as en from '../../text/en.ts';
import type { HighlightedLine } from '../highlight/highlighted-line.ts';
import { codeLanguageOfPath } from '../highlight/languages.ts';
import { useHighlight } from '../highlight/use-highlight.ts';
import { showControls } from '../show-controls.ts';
import { WindowedRows } from '../windowed-rows.tsx';
import { UnifiedLine } from './diff-row.tsx';
import type { DiffLine } from './line-diff.ts';
import { parsePatch, type PatchHunk } from './parse-patch.ts';

/** Longer ones are not coloured, in UTF-16 code units. */
const MAX_COLOURED = 400_000;
/** What a row is high that does not wrap: 13 px × 1.5, as in tools.css. */
const ROW_HEIGHT = 20;

interface HunkHead {
  readonly type: 'head';
  readonly text: string;
}

/** The unified diff of one file, drawn as changes are everywhere. */
export function PatchView({ path, patch }: { path: string; patch: string }): ReactNode {
  const hunks = useMemo(() => parsePatch(patch), [patch]);
  const language = patch.length > MAX_COLOURED ? '' : (codeLanguageOfPath(path) ?? '');
  const before = useSideColors(hunks, 'oldLine', language);
  const after = useSideColors(hunks, 'newLine', language);
  const colors = useMemo(() => ({ before, after }), [before, after]);
  const rows = useMemo(
    () => hunks.flatMap((hunk): (HunkHead | DiffLine)[] => [...headOf(hunk), ...hunk.lines]),
    [hunks],
  );
  return (
    <WindowedRows
      rows={rows}
      draw={(row) =>
        row.type === 'head' ? <div className="patch-head">{row.text}</div> : <UnifiedLine line={row} colors={colors} />
      }
      label={en.diff.changesIn(showControls(path))}
      className="diff-scroll"
      rowHeight={ROW_HEIGHT}
    />
  );
}

function headOf({ skipped, heading }: PatchHunk): readonly HunkHead[] {
  const words = [skipped > 0 ? en.commit.skipped(skipped) : '', showControls(heading)].filter((each) => each !== '');
  return words.length === 0 ? [] : [{ type: 'head', text: `⋯ ${words.join(' · ')}` }];
}

/** The colours of one side's lines, by their numbers in the file; what a hunk cannot know of the lines before it is guessed. */
function useSideColors(
  hunks: readonly PatchHunk[],
  side: 'oldLine' | 'newLine',
  language: string,
): readonly HighlightedLine[] | undefined {
  const lines = useMemo(
    () => hunks.flatMap((hunk) => hunk.lines.filter((line) => line[side] !== undefined)),
    [hunks, side],
  );
  const found = useHighlight(
    useMemo(() => lines.map(({ text }) => text).join('\n'), [lines]),
    language,
  );
  return useMemo(() => {
    if (found === undefined) return undefined;
    const byNumber: HighlightedLine[] = [];
    for (const [index, line] of lines.entries()) {
      const tokens = found[index];
      if (tokens !== undefined) byNumber[(line[side] ?? 1) - 1] = tokens;
    }
    return byNumber;
  }, [found, lines, side]);
}
