import { type RefObject, useEffect } from 'react';

/** How far from its end the transcript still counts as read, in pixels. */
const NEAR_END_PX = 80;

/** Says how far the session is read: what is there while its end is in sight, in a tab that somebody looks at. */
export function useReadMark(
  scroller: RefObject<HTMLElement | null>,
  lastSeq: number,
  markRead: (seq: number) => void,
): void {
  useEffect(() => {
    if (lastSeq === 0) return;
    const check = (): void => {
      const { current } = scroller;
      // The scroller runs from the bottom: its end is 0, what lies above is negative.
      const isAtEnd = current !== null && Math.abs(current.scrollTop) <= NEAR_END_PX;
      if (isAtEnd && document.visibilityState === 'visible' && document.hasFocus()) markRead(lastSeq);
    };
    check();
    const element = scroller.current;
    element?.addEventListener('scroll', check, { passive: true });
    window.addEventListener('focus', check);
    document.addEventListener('visibilitychange', check);
    return () => {
      element?.removeEventListener('scroll', check);
      window.removeEventListener('focus', check);
      document.removeEventListener('visibilitychange', check);
    };
  }, [scroller, lastSeq, markRead]);
}
