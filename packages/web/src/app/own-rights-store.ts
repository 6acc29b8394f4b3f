import type { Connection } from '@konui/client';
import { isRecord } from '@konui/protocol';
import { ALL_RIGHTS, type OwnRights } from '../ui/own-rights.ts';
import { createStore } from '../ui/create-store.ts';
import type { Store } from '../ui/use-store.ts';
import { whenLive } from './when-live.ts';

export interface OwnRightsStore extends Store<OwnRights> {
  close(): void;
}

/** What the sign-in may do, asked anew whenever the connection becomes live; all of it until that is known. */
export function createOwnRights(
  connection: Pick<Connection, 'onState'>,
  loadMe: () => Promise<unknown>,
): OwnRightsStore {
  const store = createStore(ALL_RIGHTS);
  let isClosed = false;
  const load = async (): Promise<void> => {
    const next = toRights(await loadMe());
    if (!isClosed && next !== undefined && !isSame(next, store.get())) store.set(next);
  };
  // Without an answer all stays as it was: the server refuses what it must.
  const remove = whenLive(connection, load);
  return {
    get: store.get,
    subscribe: store.subscribe,
    close() {
      isClosed = true;
      remove();
    },
  };
}

function toRights(me: unknown): OwnRights | undefined {
  const rights: unknown = isRecord(me) ? me['rights'] : undefined;
  if (!Array.isArray(rights)) return undefined;
  return {
    prompt: rights.includes('prompt'),
    answer: rights.includes('answer'),
    manage: rights.includes('manage'),
  };
}

function isSame(one: OwnRights, other: OwnRights): boolean {
  return one.prompt === other.prompt && one.answer === other.answer && one.manage === other.manage;
}
