import { useEffect, useMemo, useState } from 'react';
import { compareTexts, type LineDiff } from './line-diff.ts';

/** How long a comparison may hold up the page at a time. */
const SLICE_MS = 16;

/** The change from one text to another; undefined as long as a long comparison takes. */
export function useLineDiff(oldText: string, newText: string): LineDiff | undefined {
  const [, redraw] = useState(0);
  const comparison = useMemo(() => {
    const started = startComparison(oldText, newText);
    started.advance();
    return started;
  }, [oldText, newText]);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const goOn = (): void => {
      if (comparison.advance() === undefined) timer = setTimeout(goOn);
      else redraw((count) => count + 1);
    };
    if (comparison.result() === undefined) timer = setTimeout(goOn);
    return () => clearTimeout(timer);
  }, [comparison]);
  return comparison.result();
}

interface Comparison {
  /** Works for one slice of time; returns the result once there is one. */
  readonly advance: () => LineDiff | undefined;
  readonly result: () => LineDiff | undefined;
}

function startComparison(oldText: string, newText: string): Comparison {
  const steps = compareTexts(oldText, newText);
  let result: LineDiff | undefined;
  return {
    result: () => result,
    advance() {
      const end = performance.now() + SLICE_MS;
      while (result === undefined && performance.now() < end) {
        const step = steps.next();
        if (step.done === true) result = step.value;
      }
      return result;
    },
  };
}
