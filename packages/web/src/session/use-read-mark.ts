import { type RefObject, useEffect, useRef } from 'react';

/** How far from its end the transcript still counts as read, in pixels. */
const NEAR_END_PX = 80;

/** Says how far the session is read: what is there while its end is in sight, in a tab that somebody looks at. */
export function useReadMark(
  scroller: RefObject<HTMLElement | null>,
  lastSeq: number,
  markRead: (seq: number) => void,
): void {
  const isThere = lastSeq > 0;
  // Asked for with each piece of an answer, the place would have the page laid out at once; a scroll tells it for nothing.
  const isAtEnd = useRef(true);
  const check = useRef(() => {});
  check.current = () => {
    const isSeen = document.visibilityState === 'visible' && document.hasFocus();
    if (isThere && isSeen && isAtEnd.current) markRead(lastSeq);
  };
  useEffect(() => check.current(), [lastSeq, markRead]);
  useEffect(() => {
    if (!isThere) return;
    const element = scroller.current;
    const look = (): void => check.current();
    const onScroll = (): void => {
      // The scroller runs from the bottom: its end is 0, what lies above is negative.
      isAtEnd.current = element !== null && Math.abs(element.scrollTop) <= NEAR_END_PX;
      look();
    };
    onScroll();
    element?.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      element?.removeEventListener('scroll', onScroll);
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [scroller, isThere]);
}
