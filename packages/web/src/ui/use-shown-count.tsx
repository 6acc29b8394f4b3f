import { type ReactNode, useState } from 'react';
import * as en from '../text/en.ts';

interface ShownCount {
  readonly count: number;
  /** Undefined where all are shown. */
  readonly more: ReactNode | undefined;
}

/** How many of many parts are in the page, and a button for ten times as many. */
export function useShownCount(all: number, first: number): ShownCount {
  const [limit, setLimit] = useState(first);
  if (all <= limit) return { count: all, more: undefined };
  const more = (
    <button type="button" className="button subtle" onClick={() => setLimit(limit * 10)}>
      {en.list.more(all - limit)}
    </button>
  );
  return { count: limit, more };
}
