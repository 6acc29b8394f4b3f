import { useSyncExternalStore } from 'react';

/** Something that changes: `get` gives the same object until it does. */
export interface Store<T> {
  readonly get: () => T;
  /** Calls `listener` after a change; returns the unsubscribe. */
  readonly subscribe: (listener: () => void) => () => void;
}

/** The store's value; draws again when it changed. */
export function useStore<T>(store: Store<T>): T {
  return useSyncExternalStore(store.subscribe, store.get);
}
