import { type ReactNode, useEffect, useRef } from 'react';
import * as en from '../../text/en.ts';

/** How near to the top more is shown without being asked for. */
const NEAR_TOP = '600px 0px 0px 0px';

interface EarlierRowsProps {
  /** Changes whenever more is there: then it is looked again whether that is enough. */
  readonly state: string;
  readonly onEarlier: () => void;
  readonly isLoading: boolean;
}

/** A button for what was before, which presses itself when a reader comes near. */
export function EarlierRows({ state, onEarlier, isLoading }: EarlierRowsProps): ReactNode {
  const element = useRef<HTMLButtonElement>(null);
  const latest = useRef(onEarlier);
  latest.current = onEarlier;
  useEffect(() => {
    const button = element.current;
    if (button === null || isLoading) return;
    const observer = new IntersectionObserver(
      (entries) => entries.at(-1)?.isIntersecting === true && latest.current(),
      {
        root: button.closest('[role=log]'),
        rootMargin: NEAR_TOP,
      },
    );
    observer.observe(button);
    return () => observer.disconnect();
  }, [state, isLoading]);
  return (
    <button ref={element} type="button" className="button subtle earlier-rows" disabled={isLoading} onClick={onEarlier}>
      {isLoading ? en.row.loadingEarlier : en.conversation.earlier}
    </button>
  );
}
