import { diffWordsWithSpace, structuredPatch } from 'diff';

/** A piece of a changed line; `isChanged` where it differs from the line it replaces. */
export interface DiffPart {
  readonly text: string;
  readonly isChanged: boolean;
}

export type DiffRow =
  | { readonly type: 'gap'; readonly hiddenLines: number }
  | {
      readonly type: 'context' | 'added' | 'removed';
      readonly oldLine: number | undefined;
      readonly newLine: number | undefined;
      readonly parts: readonly DiffPart[];
    };

export interface Diff {
  readonly rows: readonly DiffRow[];
  readonly added: number;
  readonly removed: number;
}

const CONTEXT_LINES = 3;
/** Beyond it a comparison is given up and both texts are shown whole: it would hold up the page. */
const MAX_EDITS = 1000;
/** Words are compared only within lines that a person would read. */
const MAX_WORD_LINE = 400;
/** Where more than this share of a line changed, marking words says less than marking the line. */
const MAX_CHANGED_SHARE = 0.7;

/** Compares two texts by lines, and replaced lines by words. */
export function diffRows(oldText: string, newText: string): Diff {
  const patch = structuredPatch('', '', oldText, newText, undefined, undefined, {
    context: CONTEXT_LINES,
    maxEditLength: MAX_EDITS,
  });
  const rows = patch === undefined ? wholeRows(oldText, newText) : rowsOfHunks(patch.hunks, lineCount(oldText));
  const count = (type: DiffRow['type']): number => rows.filter((row) => row.type === type).length;
  return { rows: withWordMarks(rows), added: count('added'), removed: count('removed') };
}

type Hunks = NonNullable<ReturnType<typeof structuredPatch>>['hunks'];

function rowsOfHunks(hunks: Hunks, oldLineCount: number): DiffRow[] {
  const rows: DiffRow[] = [];
  let oldDone = 0;
  for (const hunk of hunks) {
    pushGap(rows, hunk.oldStart - 1 - oldDone);
    let oldLine = hunk.oldStart;
    let newLine = hunk.newStart;
    for (const line of hunk.lines) {
      const parts = [{ text: line.slice(1), isChanged: false }];
      if (line.startsWith('+')) rows.push({ type: 'added', oldLine: undefined, newLine: newLine++, parts });
      else if (line.startsWith('-')) rows.push({ type: 'removed', oldLine: oldLine++, newLine: undefined, parts });
      else if (line.startsWith(' ')) rows.push({ type: 'context', oldLine: oldLine++, newLine: newLine++, parts });
    }
    oldDone = oldLine - 1;
  }
  pushGap(rows, oldLineCount - oldDone);
  return rows;
}

function pushGap(rows: DiffRow[], hiddenLines: number): void {
  if (hiddenLines > 0) rows.push({ type: 'gap', hiddenLines });
}

function wholeRows(oldText: string, newText: string): DiffRow[] {
  const part = (text: string): DiffPart[] => [{ text, isChanged: false }];
  return [
    ...linesOf(oldText).map((text, index): DiffRow => ({
      type: 'removed',
      oldLine: index + 1,
      newLine: undefined,
      parts: part(text),
    })),
    ...linesOf(newText).map((text, index): DiffRow => ({
      type: 'added',
      oldLine: undefined,
      newLine: index + 1,
      parts: part(text),
    })),
  ];
}

/** Marks what changed within a run of removed lines and the equally long run of added lines after it. */
function withWordMarks(rows: readonly DiffRow[]): DiffRow[] {
  const marked = [...rows];
  for (let start = 0; start < rows.length;) {
    const removed = runLength(rows, start, 'removed');
    const added = runLength(rows, start + removed, 'added');
    if (removed === added)
      for (let index = start; index < start + removed; index++) markPair(marked, index, index + removed);
    start += Math.max(removed + added, 1);
  }
  return marked;
}

function runLength(rows: readonly DiffRow[], start: number, type: DiffRow['type']): number {
  let end = start;
  while (rows[end]?.type === type) end += 1;
  return end - start;
}

function markPair(rows: DiffRow[], removedAt: number, addedAt: number): void {
  const removed = rows[removedAt];
  const added = rows[addedAt];
  if (removed === undefined || added === undefined || removed.type === 'gap' || added.type === 'gap') return;
  const oldLine = textOfParts(removed.parts);
  const newLine = textOfParts(added.parts);
  if (oldLine.length > MAX_WORD_LINE || newLine.length > MAX_WORD_LINE) return;
  const changes = diffWordsWithSpace(oldLine, newLine);
  const kept = changes.reduce(
    (length, change) => (change.added || change.removed ? length : length + change.value.length),
    0,
  );
  if (kept < Math.max(oldLine.length, newLine.length) * (1 - MAX_CHANGED_SHARE)) return;
  const toParts = (isOther: (change: (typeof changes)[number]) => boolean): DiffPart[] =>
    changes
      .filter((change) => !isOther(change))
      .map((change) => ({ text: change.value, isChanged: change.added || change.removed }));
  rows[removedAt] = { ...removed, parts: toParts((change) => change.added) };
  rows[addedAt] = { ...added, parts: toParts((change) => change.removed) };
}

export function textOfParts(parts: readonly DiffPart[]): string {
  return parts.map((part) => part.text).join('');
}

function linesOf(text: string): string[] {
  if (text === '') return [];
  return (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
}

function lineCount(text: string): number {
  return linesOf(text).length;
}
