import type { Store } from './use-store.ts';

/** A value that its owner replaces. */
export interface ValueStore<T> extends Store<T> {
  /** Tells nobody where it is the same value. */
  readonly set: (next: T) => void;
}

export function createStore<T>(initial: T): ValueStore<T> {
  const listeners = new Set<() => void>();
  let value = initial;
  return {
    get: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      listeners.forEach((listener) => listener());
    },
  };
}
