import { type Ref, type RefCallback, useCallback, useRef, useState } from 'react';

/** Within this many pixels of the end a reader counts as being there. */
const NEAR_END = 60;

interface ScrollPosition {
  readonly isAtEnd: boolean;
  readonly onScroll: () => void;
  readonly toEnd: () => void;
  attach(outer: Ref<HTMLDivElement>): RefCallback<HTMLDivElement>;
}

/** Whether a scroller that runs from the bottom shows its end (there `scrollTop` is 0, and negative above). */
export function useScrollPosition(): ScrollPosition {
  const element = useRef<HTMLDivElement | null>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const onScroll = useCallback(() => setAtEnd(Math.abs(element.current?.scrollTop ?? 0) < NEAR_END), []);
  const toEnd = useCallback(() => element.current?.scrollTo({ top: 0 }), []);
  const outerRef = useRef<Ref<HTMLDivElement>>(null);
  const callback = useCallback((node: HTMLDivElement | null) => {
    element.current = node;
    const outer = outerRef.current;
    if (typeof outer === 'function') outer(node);
    else if (outer !== null) outer.current = node;
  }, []);
  const attach = (outer: Ref<HTMLDivElement>): RefCallback<HTMLDivElement> => {
    outerRef.current = outer;
    return callback;
  };
  return { isAtEnd, onScroll, toEnd, attach };
}
