import { useCallback, useEffect, useRef, useState } from 'react';
import type { TranscriptRow } from './transcript-rows.ts';

/** Rows in the page at first and with each step back. */
const PAGE_ROWS = 120;
/** With more than this below the first row, and a reader at the end, the oldest are let go of. */
const MAX_ROWS = 360;
/** Shown above a moment that was gone to. */
const ROWS_BEFORE = 20;

interface RowWindow {
  /** Index of the first row in the page. */
  readonly firstRow: number;
  readonly showEarlier: () => void;
  /** Brings the row with this index into the page. */
  readonly showRow: (index: number) => void;
}

/** Which rows are in the page: the last ones, and as many earlier ones as were asked for. */
export function useRowWindow(rows: readonly TranscriptRow[], isAtEnd: boolean): RowWindow {
  // Known by its key: pages of older rows come before it, and it may join a group with them.
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  /** A moment is gone to, and the reader still stands at the end. */
  const isGoing = useRef(false);
  // On the way to a moment the page still stands at the end.
  const isOnItsWay = useRef(false);
  if (!isAtEnd) isOnItsWay.current = false;
  const latest = Math.max(0, rows.length - PAGE_ROWS);
  const chosenRow = chosen === undefined ? latest : Math.max(0, indexOfKey(rows, chosen));
  const firstRow = Math.min(chosenRow, latest);
  const latestKey = rows[latest]?.item.key;

  // Fixed from the first rows on: a window that slid with each new row would pull the text away under a reader.
  useEffect(() => {
    if (!isAtEnd) isGoing.current = false;
    const isTooLong = isAtEnd && !isGoing.current && rows.length - firstRow > MAX_ROWS;
    if (latestKey !== undefined && (chosen === undefined || chosenRow > latest || isTooLong)) setChosen(latestKey);
  }, [rows.length, chosen, chosenRow, firstRow, latest, latestKey, isAtEnd]);

  const showRow = useCallback((index: number) => setChosen(rows[Math.max(0, index)]?.item.key), [rows]);
  return {
    firstRow,
    showEarlier: () => showRow(firstRow - PAGE_ROWS),
    showRow: useCallback(
      (index) => {
        isGoing.current = true;
        showRow(index - ROWS_BEFORE);
      },
      [showRow],
    ),
  };
}

/** The row that holds the item with this key: the last one that does not begin after it; -1 if all do. */
export function indexOfKey(rows: readonly TranscriptRow[], key: number): number {
  return rows.findLastIndex((row) => row.item.key <= key);
}
