import { HistoryAnswer, type SessionInfo } from '@konui/protocol';
import type { DBSchema, IDBPDatabase } from 'idb';

/** Sessions whose last page is kept, the ones opened last. */
const MAX_TAILS = 20;
/** Of all kept pages together, and of one. Characters of JSON, which is close to bytes. */
const MAX_TAILS_LENGTH = 8 * 1024 * 1024;
const MAX_TAIL_LENGTH = 1024 * 1024;
const PREFIX = 'konui-offline-';

interface Schema extends DBSchema {
  sessions: { key: 'all'; value: { readonly at: number; readonly sessions: readonly SessionInfo[] } };
  tails: {
    key: string;
    value: { readonly sessionId: string; readonly at: number; readonly length: number; readonly page: HistoryAnswer };
  };
}

/** What stays readable without a network: the list of sessions, and the end of those that were opened lately. */
export interface OfflineStore {
  readonly readSessions: () => Promise<readonly SessionInfo[] | undefined>;
  readonly writeSessions: (sessions: readonly SessionInfo[]) => Promise<void>;
  readonly readTail: (sessionId: string) => Promise<HistoryAnswer | undefined>;
  readonly writeTail: (sessionId: string, page: HistoryAnswer) => Promise<void>;
  readonly removeTail: (sessionId: string) => Promise<void>;
  /** Which sessions are kept, and up to which event. */
  readonly keptSeqs: () => Promise<ReadonlyMap<string, number>>;
  /** How many sessions are kept, and about how many bytes. */
  readonly usage: () => Promise<{ readonly sessions: number; readonly bytes: number }>;
  /** Removes everything, for good. */
  readonly clear: () => Promise<void>;
}

interface OfflineStoreOptions {
  /** Names whose copy this is; undefined keeps nothing. */
  readonly owner: Promise<string | undefined>;
  readonly now?: () => number;
}

/**
 * The copy of one access token. Whoever signs in with another one never sees it, and finds it removed. Nothing here
 * rejects: a browser that keeps nothing (private mode, a full disk) is one without offline reading.
 */
export function createOfflineStore({ owner, now = Date.now }: OfflineStoreOptions): OfflineStore {
  let opened: Promise<IDBPDatabase<Schema> | undefined> | undefined;
  const open = (): Promise<IDBPDatabase<Schema> | undefined> => (opened ??= openOf(owner).catch(() => undefined));
  const attempt = async <T>(work: (db: IDBPDatabase<Schema>) => Promise<T>, otherwise: T): Promise<T> => {
    try {
      const db = await open();
      return db === undefined ? otherwise : await work(db);
    } catch {
      // Full, or taken away by the browser: as if it had never been kept.
      return otherwise;
    }
  };
  return {
    readSessions: () => attempt(async (db) => (await db.get('sessions', 'all'))?.sessions, undefined),
    writeSessions: (sessions) =>
      attempt(async (db) => void (await db.put('sessions', { at: now(), sessions }, 'all')), undefined),
    readTail: (sessionId) =>
      attempt(async (db) => {
        const parsed = HistoryAnswer.safeParse((await db.get('tails', sessionId))?.page);
        return parsed.success ? parsed.data : undefined;
      }, undefined),
    writeTail: (sessionId, page) =>
      attempt(async (db) => {
        const { length } = JSON.stringify(page);
        if (length > MAX_TAIL_LENGTH) return;
        await db.put('tails', { sessionId, at: now(), length, page });
        await removeOldest(db);
      }, undefined),
    removeTail: (sessionId) => attempt((db) => db.delete('tails', sessionId), undefined),
    keptSeqs: () =>
      attempt(
        async (db) => new Map((await db.getAll('tails')).map(({ sessionId, page }) => [sessionId, page.lastSeq])),
        new Map(),
      ),
    usage: () =>
      attempt(
        async (db) => {
          const tails = await db.getAll('tails');
          const list = JSON.stringify(await db.get('sessions', 'all')) ?? '';
          return { sessions: tails.length, bytes: tails.reduce((sum, { length }) => sum + length, list.length) };
        },
        { sessions: 0, bytes: 0 },
      ),
    async clear() {
      const db = await open();
      opened = undefined;
      db?.close();
      await removeDatabases(() => true);
    },
  };
}

/** The copy's owner by a token: a hash, from which nobody gets the token back. Plain HTTP has no hashes, and no copy. */
export async function ownerOfToken(token: string | undefined): Promise<string | undefined> {
  if (token === undefined || globalThis.crypto.subtle === undefined) return undefined;
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`konui offline ${token}`));
  return [...new Uint8Array(hash).subarray(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function openOf(owner: Promise<string | undefined>): Promise<IDBPDatabase<Schema> | undefined> {
  const name = await owner;
  if (name === undefined || typeof indexedDB === 'undefined') return undefined;
  const { openDB } = await import('idb');
  await removeDatabases((other) => other !== PREFIX + name);
  const db = await openDB<Schema>(PREFIX + name, 1, {
    upgrade(created) {
      created.createObjectStore('sessions');
      created.createObjectStore('tails', { keyPath: 'sessionId' });
    },
    // A sign-out in another tab waits for this.
    blocking: () => db.close(),
  });
  return db;
}

async function removeDatabases(isUnwanted: (name: string) => boolean): Promise<void> {
  if (typeof indexedDB === 'undefined' || typeof indexedDB.databases !== 'function') return;
  const { deleteDB } = await import('idb');
  for (const { name = '' } of await indexedDB.databases()) {
    if (name.startsWith(PREFIX) && isUnwanted(name)) await deleteDB(name);
  }
}

async function removeOldest(db: IDBPDatabase<Schema>): Promise<void> {
  const tails = (await db.getAll('tails')).toSorted((one, other) => other.at - one.at);
  let length = 0;
  for (const [index, tail] of tails.entries()) {
    length += tail.length;
    if (index >= MAX_TAILS || length > MAX_TAILS_LENGTH) await db.delete('tails', tail.sessionId);
  }
}
