import { useEffect } from 'react';

/** Escape stops the run, unless a field other than the composer or an open window has a use for it. */
export function useStopKey(isActive: boolean, stop: () => void): void {
  useEffect(() => {
    if (!isActive) return;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.repeat) return;
      if (isOtherField(event.target) || document.querySelector('dialog[open], :popover-open') !== null) return;
      stop();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isActive, stop]);
}

function isOtherField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input') || target.closest('.dock form') !== null);
}
