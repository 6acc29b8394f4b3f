/** A set of listeners; one that throws is reported and keeps none of the others from hearing. */
export interface Listeners<Arguments extends readonly unknown[]> {
  add(listener: (...values: Arguments) => void): () => void;
  emit(...values: Arguments): void;
}

export function createListeners<Arguments extends readonly unknown[]>(
  report: (error: unknown) => void,
): Listeners<Arguments> {
  const listeners = new Set<{ call: (...values: Arguments) => void }>();
  return {
    add(listener) {
      // Wrapped, so that the same function added twice is heard twice and removed once.
      const entry = { call: listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    emit(...values) {
      // Those that are here now: one added by another waits for the next time.
      for (const entry of Array.from(listeners)) {
        if (listeners.has(entry)) guard(report, () => entry.call(...values));
      }
    },
  };
}

/** Calls code of the page's; what it throws is the page's error, not the connection's. */
export function guard(report: (error: unknown) => void, call: () => void): void {
  try {
    call();
  } catch (error) {
    report(error);
  }
}

/** Default report: the error surfaces as an uncaught one, with the connection still whole. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
