/** Calls the listener when the device or page woke up, `onOffline` when the network is gone; the answer unsubscribes. */
export type WakeUpSource = (listener: () => void, onOffline: () => void) => () => void;

/** The browser's wake-ups: online, focus, pageshow (back from the page cache) and becoming visible; and its offline. */
export function browserWakeUps(): WakeUpSource | undefined {
  if (typeof window === 'undefined' || typeof document === 'undefined') return undefined;
  return (listener, onOffline) => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') listener();
    };
    window.addEventListener('online', listener);
    window.addEventListener('offline', onOffline);
    window.addEventListener('focus', listener);
    window.addEventListener('pageshow', listener);
    document.addEventListener('visibilitychange', onVisible);
    return () => {
      window.removeEventListener('online', listener);
      window.removeEventListener('offline', onOffline);
      window.removeEventListener('focus', listener);
      window.removeEventListener('pageshow', listener);
      document.removeEventListener('visibilitychange', onVisible);
    };
  };
}
