import type { OfflineStore } from './offline-store.ts';

/** The store, whose code is fetched when it is first asked. */
export function createLazyOfflineStore(token: string | undefined): OfflineStore {
  let loaded: Promise<OfflineStore> | undefined;
  const store = (): Promise<OfflineStore> => (loaded ??= load(token));
  return {
    readSessions: async () => (await store()).readSessions(),
    writeSessions: async (sessions) => (await store()).writeSessions(sessions),
    readTail: async (sessionId) => (await store()).readTail(sessionId),
    writeTail: async (sessionId, page) => (await store()).writeTail(sessionId, page),
    removeTail: async (sessionId) => (await store()).removeTail(sessionId),
    keptSeqs: async () => (await store()).keptSeqs(),
    usage: async () => (await store()).usage(),
    clear: async () => (await store()).clear(),
    end: async () => (await store()).end(),
  };
}

async function load(token: string | undefined): Promise<OfflineStore> {
  const { createOfflineStore, ownerOfToken } = await import('./offline-store.ts');
  return createOfflineStore({ owner: ownerOfToken(token) });
}
