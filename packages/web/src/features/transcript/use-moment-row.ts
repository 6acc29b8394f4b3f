import { type RefObject, useEffect, useRef } from 'react';
import type { TranscriptRow } from './transcript-rows.ts';
import { indexOfKey } from './use-row-window.ts';

interface MomentRow {
  readonly column: RefObject<HTMLDivElement | null>;
  readonly rows: readonly TranscriptRow[];
  readonly firstRow: number;
  readonly showRow: (index: number) => void;
}

/** Goes to the row of a seq once it is there, and marks it until another is gone to. */
export function useMomentRow(at: number | undefined, { column, rows, firstRow, showRow }: MomentRow): void {
  const done = useRef<number | undefined>(undefined);
  const index = at === undefined ? -1 : indexOfKey(rows, at);
  useEffect(() => {
    if (at === undefined || index < 0 || done.current === at) return;
    if (index < firstRow) return showRow(index);
    const element = elementOf(column.current, at);
    if (element === undefined) return;
    done.current = at;
    column.current?.querySelector('[data-moment]')?.removeAttribute('data-moment');
    element.setAttribute('data-moment', '');
    element.scrollIntoView({ block: 'center' });
  }, [at, index, firstRow, showRow, column]);
}

/** The last element that does not begin after the moment: a step within a group, or its row. */
function elementOf(column: HTMLElement | null, at: number): HTMLElement | undefined {
  const elements = [...(column?.querySelectorAll<HTMLElement>('[data-seq]') ?? [])];
  return elements.findLast(({ dataset, offsetParent }) => Number(dataset['seq']) <= at && offsetParent !== null);
}
