import { useEffect, useRef, useState } from 'react';

const AFTER_DRAWING_MS = 150;

/** A ref that marks its element with the sides (`data-more`) on which there is more to scroll to: that edge fades. */
export function useScrollCue(): (element: HTMLElement | null) => void {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  // Soon after a drawing, which may have changed what is in it: measured after each, a text that streams would be laid
  // out twice a frame.
  useEffect(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      mark(element);
    }, AFTER_DRAWING_MS);
  });
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [element],
  );
  useEffect(() => {
    if (element === null) return;
    const onChange = (): void => mark(element);
    const sizes = new ResizeObserver(onChange);
    sizes.observe(element);
    element.addEventListener('scroll', onChange, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener('scroll', onChange);
    };
  }, [element]);
  return setElement;
}

/** Sizes that the browser rounds may differ by a pixel from where scrolling ends. */
const SLACK_PX = 2;

function mark(element: HTMLElement | null): void {
  if (element === null) return;
  const { scrollTop, scrollLeft, scrollHeight, scrollWidth, clientHeight, clientWidth } = element;
  const before = Math.max(scrollTop, scrollLeft) > SLACK_PX;
  const after = scrollHeight - clientHeight - scrollTop > SLACK_PX || scrollWidth - clientWidth - scrollLeft > SLACK_PX;
  const sides = [...(before ? ['before'] : []), ...(after ? ['after'] : [])].join(' ');
  if (sides === '') delete element.dataset['more'];
  else element.dataset['more'] = sides;
}
