import { diffArrays } from 'diff';

/** Where a line differs from the one in whose place it stands, in code units. */
export interface ChangedRange {
  readonly from: number;
  readonly to: number;
}

/** Words are compared within lines that a person would read; of longer ones begin and end. */
const MAX_WORD_LINE = 500;
/** Where more than this share of a line changed, marking words says less than marking the line. */
const MAX_CHANGED_SHARE = 0.7;

const WORDS = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

/** The parts of `line` that are not in `other`; none where nearly everything is different. */
export function changedWords(line: string, other: string): readonly ChangedRange[] {
  if (line === other) return [];
  if (line.length > MAX_WORD_LINE || other.length > MAX_WORD_LINE)
    return meaningful([middle(line, other)], line.length);
  // In the order of the texts, so that both lines of a pair are marked by the same comparison.
  const changes = diffArrays([...(other.match(WORDS) ?? [])], [...(line.match(WORDS) ?? [])]);
  const ranges: { from: number; to: number }[] = [];
  let at = 0;
  for (const { added, removed, value } of changes) {
    if (removed) continue;
    const to = at + value.reduce((sum, word) => sum + word.length, 0);
    const last = ranges.at(-1);
    // A blank between two changed words belongs to them.
    const isGlue = !added && last?.to === at && line.slice(at, to).trim() === '' && to < line.length;
    if (added && last !== undefined && last.to === at) last.to = to;
    else if (added) ranges.push({ from: at, to });
    else if (isGlue) last.to = to;
    at = to;
  }
  return meaningful(
    ranges.map((range) => withoutBlankEnd(range, line)).filter(({ from, to }) => to > from),
    line.length,
  );
}

/** What lies between the common begin and the common end. */
function middle(line: string, other: string): ChangedRange {
  const most = Math.min(line.length, other.length);
  let from = 0;
  while (from < most && line[from] === other[from]) from += 1;
  let end = 0;
  while (end < most - from && line[line.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  return { from, to: line.length - end };
}

function meaningful(ranges: readonly ChangedRange[], length: number): readonly ChangedRange[] {
  const changed = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  return changed === 0 || changed > length * MAX_CHANGED_SHARE ? [] : ranges;
}

/** Blanks that were only joined to a change are not marked at its end. */
function withoutBlankEnd({ from, to }: ChangedRange, line: string): ChangedRange {
  const text = line.slice(from, to);
  return text.trim() === '' ? { from, to } : { from, to: from + text.trimEnd().length };
}
