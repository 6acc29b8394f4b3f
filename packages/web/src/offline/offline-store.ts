import { HistoryAnswer, type SessionInfo } from '@konui/protocol';
import type { DBSchema, IDBPDatabase } from 'idb';

/** Sessions whose last page is kept, the ones opened last. */
const MAX_TAILS = 20;
/** Of all kept pages together, and of one. Characters of JSON, which is close to bytes. */
const MAX_TAILS_LENGTH = 8 * 1024 * 1024;
const MAX_TAIL_LENGTH = 1024 * 1024;
const PREFIX = 'konui-offline-';

interface Schema extends DBSchema {
  sessions: { key: 'all'; value: KeptSessions };
  tails: {
    key: string;
    value: { readonly sessionId: string; readonly at: number; readonly length: number; readonly page: HistoryAnswer };
  };
}

/** The list of sessions as it was `at` that time, milliseconds since 1970. */
interface KeptSessions {
  readonly at: number;
  readonly sessions: readonly SessionInfo[];
}

/** What stays readable without a network: the list of sessions, and the end of those that were opened lately. */
export interface OfflineStore {
  readonly readSessions: () => Promise<KeptSessions | undefined>;
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
  /** Removes everything, and keeps nothing from now on. */
  readonly end: () => Promise<void>;
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
  /** Read once: while an agent speaks, its session is written each second. What other tabs write is known after a reload. */
  let read: Promise<Map<string, KeptTail>> | undefined;
  let isEnded = false;
  const open = (): Promise<IDBPDatabase<Schema> | undefined> => (opened ??= openOf(owner).catch(() => undefined));
  const attempt = async <T>(work: (db: IDBPDatabase<Schema>) => Promise<T>, otherwise: T): Promise<T> => {
    try {
      const db = isEnded ? undefined : await open();
      return db === undefined ? otherwise : await work(db);
    } catch {
      // Full, or taken away by the browser: as if it had never been kept.
      return otherwise;
    }
  };
  const known = (db: IDBPDatabase<Schema>): Promise<Map<string, KeptTail>> =>
    (read ??= db.getAll('tails').then((tails) => new Map(tails.map((tail) => [tail.sessionId, factsOf(tail)]))));
  const remove = async (db: IDBPDatabase<Schema>, sessionId: string): Promise<void> => {
    await db.delete('tails', sessionId);
    (await known(db)).delete(sessionId);
  };
  const clear = async (): Promise<void> => {
    const db = await open();
    opened = undefined;
    read = undefined;
    db?.close();
    await removeDatabases(() => true);
  };
  return {
    readSessions: () => attempt((db) => db.get('sessions', 'all'), undefined),
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
        const kept = await known(db);
        const tail = { sessionId, at: now(), length, page };
        await db.put('tails', tail);
        kept.set(sessionId, factsOf(tail));
        for (const other of oldest(kept)) await remove(db, other);
      }, undefined),
    removeTail: (sessionId) => attempt((db) => remove(db, sessionId), undefined),
    keptSeqs: () =>
      attempt(async (db) => new Map([...(await known(db))].map(([sessionId, { seq }]) => [sessionId, seq])), new Map()),
    usage: () =>
      attempt(
        async (db) => {
          const kept = await known(db);
          const list = JSON.stringify(await db.get('sessions', 'all')) ?? '';
          return {
            sessions: kept.size,
            bytes: [...kept.values()].reduce((sum, tail) => sum + tail.length, list.length),
          };
        },
        { sessions: 0, bytes: 0 },
      ),
    clear,
    async end() {
      isEnded = true;
      await clear();
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

/** What is known of a kept page without reading it. */
interface KeptTail {
  readonly at: number;
  readonly length: number;
  /** Of its last event. */
  readonly seq: number;
}

function factsOf({ at, length, page }: Schema['tails']['value']): KeptTail {
  return { at, length, seq: page.lastSeq };
}

/** The sessions for which there is no room. */
function oldest(kept: ReadonlyMap<string, KeptTail>): string[] {
  const newestFirst = [...kept].toSorted(([, one], [, other]) => other.at - one.at);
  let length = 0;
  return newestFirst.flatMap(([sessionId, tail], index) => {
    length += tail.length;
    return index >= MAX_TAILS || length > MAX_TAILS_LENGTH ? [sessionId] : [];
  });
}
