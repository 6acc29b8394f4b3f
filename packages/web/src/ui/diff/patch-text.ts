import { foldUnchanged, type UnifiedRow } from './diff-rows.ts';
import type { DiffLine, LineDiff } from './line-diff.ts';

const SIGNS = { context: ' ', added: '+', removed: '-' } as const;
const NO_LINES: ReadonlySet<number> = new Set();

/** The change as a unified diff that `git apply` and `patch` take. */
export function patchText(path: string, { lines }: LineDiff, sides: { isNew: boolean; isGone: boolean }): string {
  const name = path.replace(/^\/+/, '');
  const head = `--- ${sides.isNew ? '/dev/null' : `a/${name}`}\n+++ ${sides.isGone ? '/dev/null' : `b/${name}`}\n`;
  return head + hunksOf(foldUnchanged(lines, NO_LINES)).map(hunkText).join('');
}

interface Hunk {
  readonly lines: DiffLine[];
  /** Lines of each text before it. */
  readonly oldBefore: number;
  readonly newBefore: number;
}

function hunksOf(rows: readonly UnifiedRow[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let oldBefore = 0;
  let newBefore = 0;
  let hunk: Hunk | undefined;
  for (const row of rows) {
    if (row.type === 'gap') {
      oldBefore += row.to - row.from;
      newBefore += row.to - row.from;
      hunk = undefined;
      continue;
    }
    if (hunk === undefined) {
      hunk = { lines: [], oldBefore, newBefore };
      hunks.push(hunk);
    }
    hunk.lines.push(row);
    if (row.type !== 'added') oldBefore += 1;
    if (row.type !== 'removed') newBefore += 1;
  }
  return hunks.filter(({ lines }) => lines.some(({ type }) => type !== 'context'));
}

function hunkText({ lines, oldBefore, newBefore }: Hunk): string {
  const range = (before: number, other: DiffLine['type']): string => {
    const count = lines.filter(({ type }) => type !== other).length;
    // An empty side is numbered by the line before it (POSIX diff, "unified format").
    return `${count === 0 ? before : before + 1},${count}`;
  };
  const body = lines.map(
    ({ type, text, isUnended }) =>
      `${SIGNS[type]}${text}\n${isUnended === true ? '\\ No newline at end of file\n' : ''}`,
  );
  return `@@ -${range(oldBefore, 'added')} +${range(newBefore, 'removed')} @@\n${body.join('')}`;
}
