import { matchLines } from './match-lines.ts';

/** A line of either text; lines that are the same stand once. Numbers begin at 1. */
export interface DiffLine {
  readonly type: 'context' | 'added' | 'removed';
  readonly oldLine: number | undefined;
  readonly newLine: number | undefined;
  readonly text: string;
  /** What stood in its place before, or stands there now: words are compared with it. */
  readonly counterpart?: string;
  /** The last line of a text that does not end with a newline. */
  readonly isUnended?: true;
}

export type LineEnd = 'lf' | 'crlf' | 'mixed';

/** The change of a text, line by line. */
export interface LineDiff {
  readonly lines: readonly DiffLine[];
  readonly added: number;
  readonly removed: number;
  /** Where the texts end their lines differently. */
  readonly lineEnds: { readonly before: LineEnd; readonly after: LineEnd } | undefined;
  /** A long part had too little in common to be compared. */
  readonly isGivenUp: boolean;
}

/** Compares two texts in steps of a few milliseconds. */
export function* compareTexts(oldText: string, newText: string): Generator<void, LineDiff> {
  const before = lineEndOf(oldText);
  const after = lineEndOf(newText);
  const isEvened = before !== 'mixed' && after !== 'mixed';
  const oldSide = sideOf(oldText, isEvened);
  const newSide = sideOf(newText, isEvened);
  // No line holds a newline: the mark keeps an unended line apart from the same one with an end.
  const keys = ({ lines: texts, isUnended }: Side): readonly string[] =>
    isUnended ? texts.with(-1, `${texts.at(-1) ?? ''}\n`) : texts;
  const { oldOfNew, isGivenUp } = yield* matchLines(keys(oldSide), keys(newSide));
  const lines = toLines(oldSide, newSide, oldOfNew);
  const count = (type: DiffLine['type']): number => lines.filter((line) => line.type === type).length;
  const isFile = oldText !== '' && newText !== '';
  return {
    lines: withCounterparts(lines),
    added: count('added'),
    removed: count('removed'),
    lineEnds: isFile && before !== undefined && after !== undefined && before !== after ? { before, after } : undefined,
    isGivenUp,
  };
}

/** The same in one step. */
export function diffTexts(oldText: string, newText: string): LineDiff {
  const steps = compareTexts(oldText, newText);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** NUL stands in no text that a person edits. */
export function isBinary(text: string): boolean {
  return text.includes('\u0000');
}

interface Side {
  readonly lines: readonly string[];
  readonly isUnended: boolean;
}

function sideOf(text: string, isEvened: boolean): Side {
  if (text === '') return { lines: [], isUnended: false };
  const isUnended = !text.endsWith('\n');
  const lines = (isUnended ? text : text.slice(0, -1)).split('\n');
  return { lines: isEvened ? lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line)) : lines, isUnended };
}

/** Undefined where a text has one line only. */
function lineEndOf(text: string): LineEnd | undefined {
  const all = text.split('\n').length - 1;
  const crlf = text.split('\r\n').length - 1;
  if (all === 0) return undefined;
  return crlf === 0 ? 'lf' : crlf === all ? 'crlf' : 'mixed';
}

function toLines(oldSide: Side, newSide: Side, oldOfNew: Int32Array): DiffLine[] {
  const lines: DiffLine[] = [];
  let oldIndex = 0;
  const push = (type: DiffLine['type'], oldAt: number | undefined, newAt: number | undefined): void => {
    const side = newAt === undefined ? oldSide : newSide;
    const at = newAt ?? oldAt ?? 0;
    lines.push({
      type,
      oldLine: oldAt === undefined ? undefined : oldAt + 1,
      newLine: newAt === undefined ? undefined : newAt + 1,
      text: side.lines[at] ?? '',
      ...(side.isUnended && at === side.lines.length - 1 ? { isUnended: true } : {}),
    });
  };
  // Within a change the removed lines stand before the added ones.
  let added: number[] = [];
  const flush = (removedUpTo: number): void => {
    while (oldIndex < removedUpTo) push('removed', oldIndex++, undefined);
    for (const index of added) push('added', undefined, index);
    added = [];
  };
  for (const [newIndex, match] of oldOfNew.entries()) {
    if (match < 0) {
      added.push(newIndex);
      continue;
    }
    flush(match);
    push('context', oldIndex++, newIndex);
  }
  flush(oldSide.lines.length);
  return lines;
}

/** Pairs the lines of a change in their order. */
export function withCounterparts(lines: readonly DiffLine[]): readonly DiffLine[] {
  const paired = [...lines];
  for (let start = 0; start < lines.length;) {
    const removed = runLength(lines, start, 'removed');
    const added = runLength(lines, start + removed, 'added');
    for (let index = start; index < start + Math.min(removed, added); index++) {
      const one = lines[index];
      const other = lines[index + removed];
      if (one === undefined || other === undefined) continue;
      paired[index] = { ...one, counterpart: other.text };
      paired[index + removed] = { ...other, counterpart: one.text };
    }
    start += Math.max(removed + added, 1);
  }
  return paired;
}

function runLength(lines: readonly DiffLine[], start: number, type: DiffLine['type']): number {
  let end = start;
  while (lines[end]?.type === type) end += 1;
  return end - start;
}
