import type { ComposerStore } from './composer-store.ts';

/** What is being written in each session that was opened on this page. */
export interface ComposerStores {
  of(sessionId: string): ComposerStore;
}

/** A draft and its uploads cost little: they are kept as long as the page is open. */
export function createComposerStores(create: (sessionId: string) => ComposerStore): ComposerStores {
  const stores = new Map<string, ComposerStore>();
  return {
    of(sessionId) {
      const store = stores.get(sessionId) ?? create(sessionId);
      stores.set(sessionId, store);
      return store;
    },
  };
}
