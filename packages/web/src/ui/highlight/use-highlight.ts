import { useContext, useEffect, useRef, useState } from 'react';
import type { HighlightedLine } from './highlighted-line.ts';
import type { Highlighter } from './highlighter.ts';
import { HighlighterContext } from './highlighter-context.ts';
import { type CodeLanguage, codeLanguage } from './languages.ts';

/** A growing text is looked at again after this. */
const GROWING_MS = 300;

interface Found {
  readonly text: string;
  readonly language: CodeLanguage;
  readonly lines: readonly HighlightedLine[] | undefined;
}

/**
 * The coloured pieces of each line of a text, or undefined as long as it has none: an unknown language, a worker that
 * has not answered or died. While a text grows, its earlier lines keep theirs. `language` is a fence's word or a
 * file's ending; an empty one asks for nothing.
 */
export function useHighlight(text: string, language: string): readonly HighlightedLine[] | undefined {
  const highlighter = useContext(HighlighterContext);
  const name = text === '' ? undefined : codeLanguage(language);
  const [found, setFound] = useState<Found | undefined>(undefined);
  const task = useRef<HighlightTask | undefined>(undefined);
  const known = name === undefined ? undefined : highlighter.known({ text, language: name });
  const isKnown = known !== undefined;

  useEffect(() => {
    const started = createTask(highlighter, setFound);
    task.current = started;
    return () => started.close();
  }, [highlighter]);
  useEffect(() => {
    if (name !== undefined && !isKnown) task.current?.want(text, name);
  }, [highlighter, text, name, isKnown]);

  if (known !== undefined) return known;
  return found !== undefined && found.language === name && text.startsWith(found.text) ? found.lines : undefined;
}

interface HighlightTask {
  want(text: string, language: CodeLanguage): void;
  close(): void;
}

/** Asks for one text at a time, and then for the latest. */
function createTask(highlighter: Highlighter, onFound: (found: Found) => void): HighlightTask {
  let wanted: Omit<Found, 'lines'> | undefined;
  let cancel: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    timer = undefined;
    const asked = wanted;
    wanted = undefined;
    if (asked === undefined) return;
    let isAnswered = false;
    const stop = highlighter.ask(asked, (lines) => {
      isAnswered = true;
      cancel = undefined;
      timer = setTimeout(ask, GROWING_MS);
      onFound({ ...asked, lines });
    });
    if (!isAnswered) cancel = stop;
  };
  return {
    want(text, language) {
      wanted = { text, language };
      if (timer === undefined && cancel === undefined) ask();
    },
    close() {
      clearTimeout(timer);
      cancel?.();
    },
  };
}
