import { useCallback, useEffect, useRef, useState } from 'react';
import { isWindowOpen } from '../ui/is-window-open.ts';
import type { ShellWindow } from './shell-windows.tsx';

/** The window over the page that somebody wants, which is there once its code is loaded and drawn. */
export function useShellWindow(): readonly [
  wanted: ShellWindow | undefined,
  want: (wanted: ShellWindow | undefined) => void,
] {
  const [wanted, setWanted] = useState<ShellWindow | undefined>(undefined);
  const latest = useRef(wanted);
  const want = useCallback((next: ShellWindow | undefined) => {
    latest.current = next;
    setWanted(next);
  }, []);
  useEffect(() => {
    // Until the window is there it cannot hear that it is to close, and the page behind it must not take the key.
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || latest.current === undefined || isWindowOpen()) return;
      event.preventDefault();
      event.stopPropagation();
      want(undefined);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => window.removeEventListener('keydown', onKeyDown, true);
  }, [want]);
  return [wanted, want];
}
