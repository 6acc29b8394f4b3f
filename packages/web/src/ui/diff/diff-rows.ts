import type { DiffLine } from './line-diff.ts';

/** Unchanged lines that are folded: from `from` up to, but without, `to` in the list of lines. */
export interface Gap {
  readonly type: 'gap';
  readonly from: number;
  readonly to: number;
}

export type UnifiedRow = DiffLine | Gap;

/** Both texts beside each other; a side without a line stays empty. */
export type SplitRow =
  | { readonly type: 'pair'; readonly before: DiffLine | undefined; readonly after: DiffLine | undefined }
  | Gap;

const CONTEXT_LINES = 3;
/** Fewer are not worth a fold. */
const MIN_GAP = 4;

/** Folds what has not changed, but for the folds that were opened (by their first line). */
export function foldUnchanged(lines: readonly DiffLine[], opened: ReadonlySet<number>): readonly UnifiedRow[] {
  const rows: UnifiedRow[] = [];
  for (let start = 0; start < lines.length;) {
    let end = start;
    while (lines[end]?.type === 'context') end += 1;
    if (end === start) {
      const line = lines[start];
      if (line !== undefined) rows.push(line);
      start += 1;
      continue;
    }
    const from = start === 0 ? 0 : start + CONTEXT_LINES;
    const to = end === lines.length ? end : end - CONTEXT_LINES;
    const isFolded = to - from >= MIN_GAP && !opened.has(from);
    rows.push(...lines.slice(start, isFolded ? from : end));
    if (isFolded) rows.push({ type: 'gap', from, to }, ...lines.slice(to, end));
    start = end;
  }
  return rows;
}

/** The same rows with removed and added lines of a change beside each other. */
export function splitRows(rows: readonly UnifiedRow[]): readonly SplitRow[] {
  const split: SplitRow[] = [];
  for (let start = 0; start < rows.length;) {
    const row = rows[start];
    if (row === undefined) break;
    if (row.type === 'gap' || row.type === 'context') {
      split.push(row.type === 'gap' ? row : { type: 'pair', before: row, after: row });
      start += 1;
      continue;
    }
    const removed = linesFrom(rows, start, 'removed');
    const added = linesFrom(rows, start + removed.length, 'added');
    for (let index = 0; index < Math.max(removed.length, added.length); index++)
      split.push({ type: 'pair', before: removed[index], after: added[index] });
    start += removed.length + added.length;
  }
  return split;
}

function linesFrom(rows: readonly UnifiedRow[], start: number, type: 'added' | 'removed'): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  for (let index = start; ; index++) {
    const row = rows[index];
    if (row?.type !== type) return lines;
    lines.push(row);
  }
}
