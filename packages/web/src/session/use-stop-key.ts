import { useEffect } from 'react';

interface StopKeyOptions {
  /** A run is open that nobody has asked to stop. */
  readonly isActive: boolean;
  /** The agent waits for an answer: then Escape leaves the composer, so that the answer's keys count, and stops nothing. */
  readonly isAsking: boolean;
  readonly stop: () => void;
}

/** Escape stops the run, unless a field other than the composer or an open window has a use for it. */
export function useStopKey({ isActive, isAsking, stop }: StopKeyOptions): void {
  useEffect(() => {
    if (!isActive) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.repeat) return;
      if (isOtherField(event.target) || document.querySelector('dialog[open], :popover-open') !== null) return;
      if (!isAsking) stop();
      else if (event.target instanceof HTMLElement && event.target.matches('textarea')) event.target.blur();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isActive, isAsking, stop]);
}

function isOtherField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input') || target.closest('.dock form') !== null);
}
