import type { HistoryAnswer, SessionInfo } from '@konui/protocol';
import type { SessionList } from '@konui/client';
import type { OfflineStore } from './offline-store.ts';

/** Several sessions may end at once; nobody waits for their copies. */
const PAUSE_MS = 3000;

interface KeepTailsOptions {
  readonly sessionList: SessionList;
  readonly store: Pick<OfflineStore, 'keptSeqs' | 'writeTail' | 'removeTail'>;
  readonly fetchTail: (sessionId: string) => Promise<HistoryAnswer>;
}

/**
 * Renews the copies of sessions that were opened here, when their agent has said something and rests, and removes those
 * of sessions that are gone. Returns the removal.
 */
export function keepTails({ sessionList, store, fetchTail }: KeepTailsOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  let isBusy = false;
  const renew = async (): Promise<void> => {
    timer = undefined;
    if (isBusy) return soon();
    isBusy = true;
    const { state, sessions } = sessionList.get();
    const kept = await store.keptSeqs();
    for (const [sessionId, seq] of kept) {
      if (isClosed || state !== 'ready') break;
      const session = sessions.find((each) => each.sessionId === sessionId);
      if (session === undefined) await store.removeTail(sessionId);
      else if (session.lastSeq > seq && rests(session)) await copy(sessionId);
    }
    isBusy = false;
  };
  const copy = async (sessionId: string): Promise<void> => {
    try {
      await store.writeTail(sessionId, await fetchTail(sessionId));
    } catch {
      // Without an answer the copy stays as it was; the next change of the session tries again.
    }
  };
  const soon = (): void => {
    if (!isClosed) timer ??= setTimeout(() => void renew(), PAUSE_MS);
  };
  const unsubscribe = sessionList.subscribe(soon);
  return () => {
    isClosed = true;
    clearTimeout(timer);
    unsubscribe();
  };
}

function rests({ status }: SessionInfo): boolean {
  return status === 'idle' || status === 'waiting';
}
