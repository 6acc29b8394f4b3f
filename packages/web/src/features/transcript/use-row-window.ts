import { useCallback, useEffect, useState } from 'react';

/** Rows in the page at first and with each step back. */
const PAGE_ROWS = 120;
/** With more than this below the first row, and a reader at the end, the oldest are let go of. */
const MAX_ROWS = 360;

/** Which rows are in the page: the last ones, and as many earlier ones as were asked for. */
export function useRowWindow(rowCount: number, isAtEnd: boolean): { firstRow: number; showEarlier: () => void } {
  const [chosen, setChosen] = useState<number | undefined>(undefined);
  const latest = Math.max(0, rowCount - PAGE_ROWS);
  const firstRow = Math.min(chosen ?? latest, latest);

  // Fixed from the first rows on: a window that slid with each new row would pull the text away under a reader.
  useEffect(() => {
    if (rowCount > 0 && (chosen === undefined || chosen > latest || (isAtEnd && rowCount - chosen > MAX_ROWS)))
      setChosen(latest);
  }, [rowCount, chosen, latest, isAtEnd]);

  const showEarlier = useCallback(() => setChosen((first) => Math.max(0, (first ?? 0) - PAGE_ROWS)), []);
  return { firstRow, showEarlier };
}
