export interface ChangedLine {
  readonly mark: ' ' | '-' | '+';
  readonly text: string;
}

/** Unchanged lines that stand around a change. */
const CONTEXT = 3;

/** A change as lines: what is the same at both ends is left out but for a few lines, what lies between is out and in. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const old = toLines(before);
  const now = toLines(after);
  const least = Math.min(old.length, now.length);
  let head = 0;
  while (head < least && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < least - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  const same = (lines: readonly string[]): ChangedLine[] => lines.map((text) => ({ mark: ' ', text }));
  return [
    ...same(old.slice(Math.max(0, head - CONTEXT), head)),
    ...old.slice(head, old.length - tail).map((text) => ({ mark: '-' as const, text })),
    ...now.slice(head, now.length - tail).map((text) => ({ mark: '+' as const, text })),
    ...same(old.slice(old.length - tail, old.length - tail + CONTEXT)),
  ];
}

function toLines(text: string): readonly string[] {
  if (text === '') return [];
  return text.replace(/\n$/, '').split('\n');
}
