import { createContext } from 'react';
import type { Highlighter } from './highlighter.ts';

/** The page's highlighter; without one code stays plain. */
export const HighlighterContext = createContext<Highlighter>({
  known: () => undefined,
  ask: () => () => undefined,
  close: () => undefined,
});
