/** Calls the listener when the device or page woke up; the answer unsubscribes. */
export type WakeUpSource = (listener: () => void) => () => void;

/** The browser's wake-ups: online, focus, pageshow (back from the page cache) and becoming visible. */
export function browserWakeUps(): WakeUpSource | undefined {
  if (typeof window === 'undefined' || typeof document === 'undefined') return undefined;
  return (listener) => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') listener();
    };
    window.addEventListener('online', listener);
    window.addEventListener('focus', listener);
    window.addEventListener('pageshow', listener);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      window.removeEventListener('online', listener);
      window.removeEventListener('focus', listener);
      window.removeEventListener('pageshow', listener);
      document.removeEventListener('visibilitychange', onVisible);
    };
  };
}
