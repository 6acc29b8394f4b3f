import { type DiffLine, withCounterparts } from './line-diff.ts';

/** A part of a patch: what stands after `@@`, and the lines of it. */
export interface PatchHunk {
  /** The function or section that git names, if any. */
  readonly heading: string;
  /** Unchanged lines between it and the hunk before. */
  readonly skipped: number;
  readonly lines: readonly DiffLine[];
}

const HUNK = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/;

/** The hunks of one file's unified diff; what stands before the first one is git's own and left out. */
export function parsePatch(patch: string): readonly PatchHunk[] {
  const hunks: { heading: string; skipped: number; lines: DiffLine[] }[] = [];
  let oldLine = 1;
  let newLine = 1;
  /** Lines of either side that the hunk still has: a removed line may itself begin with `--`. */
  let oldLeft = 0;
  let newLeft = 0;
  for (const row of patch.split('\n')) {
    const hunk = hunks.at(-1);
    if (oldLeft <= 0 && newLeft <= 0) {
      const head = HUNK.exec(row);
      if (head !== null) {
        const start = Number(head[3]);
        oldLeft = Number(head[2] ?? 1);
        newLeft = Number(head[4] ?? 1);
        hunks.push({ heading: head[5] ?? '', skipped: Math.max(start - newLine, 0), lines: [] });
        // A side without lines is named by the line before it.
        oldLine = Number(head[1]) + (oldLeft === 0 ? 1 : 0);
        newLine = start + (newLeft === 0 ? 1 : 0);
        continue;
      }
    }
    if (hunk === undefined) continue;
    if (row.startsWith('\\')) {
      const last = hunk.lines.pop();
      if (last !== undefined) hunk.lines.push({ ...last, isUnended: true });
      continue;
    }
    if (oldLeft <= 0 && newLeft <= 0) continue;
    const text = row.slice(1);
    if (row.startsWith('-')) {
      hunk.lines.push({ type: 'removed', oldLine: oldLine++, newLine: undefined, text });
      oldLeft -= 1;
    } else if (row.startsWith('+')) {
      hunk.lines.push({ type: 'added', oldLine: undefined, newLine: newLine++, text });
      newLeft -= 1;
    } else {
      hunk.lines.push({ type: 'context', oldLine: oldLine++, newLine: newLine++, text });
      oldLeft -= 1;
      newLeft -= 1;
    }
  }
  return hunks.map((hunk) => ({ ...hunk, lines: withCounterparts(hunk.lines) }));
}
