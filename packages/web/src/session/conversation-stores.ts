import {
  type ConversationStore,
  type ConversationStoreOptions,
  createConversationStore,
} from './conversation-store.ts';

/** Sessions that stay in memory, so that going back to one shows it at once. */
const MAX_KEPT = 6;

/** The store of each session that was opened lately. */
export interface ConversationStores {
  of(sessionId: string): ConversationStore;
}

export function createConversationStores(options: ConversationStoreOptions): ConversationStores {
  /** Least recently used first. */
  const stores = new Map<string, ConversationStore>();
  return {
    of(sessionId) {
      const store = stores.get(sessionId) ?? createConversationStore(sessionId, options);
      stores.delete(sessionId);
      stores.set(sessionId, store);
      const [oldest] = stores.keys();
      if (stores.size > MAX_KEPT && oldest !== undefined) stores.delete(oldest);
      return store;
    },
  };
}
