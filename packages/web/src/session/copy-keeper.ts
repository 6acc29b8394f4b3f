/** Calls the listener when the page may soon get no more chance: hidden, left, or without a network; the answer unsubscribes. */
export type LastChances = (listener: () => void) => () => void;

/** What streams changes many times a second; a second of it may be lost where a browser is killed. */
const EVERY_MS = 1000;

export interface CopyKeeper {
  /** Something is new, and is written within a second. */
  soon(): void;
  /** Writes what is new, for the last time. */
  close(): void;
}

/** Has `write` called soon after each change, and at once at a last chance. */
export function createCopyKeeper(write: () => void, onLastChance: LastChances): CopyKeeper {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    write();
  };
  const unsubscribe = onLastChance(flush);
  return {
    soon() {
      timer ??= setTimeout(flush, EVERY_MS);
    },
    close() {
      flush();
      unsubscribe();
    },
  };
}

/** The browser's last chances. A phone may end a hidden page without another word. */
export function pageLastChances(listener: () => void): () => void {
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') listener();
  };
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('pagehide', listener);
  window.addEventListener('offline', listener);
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('pagehide', listener);
    window.removeEventListener('offline', listener);
  };
}
