import type { SessionList } from '@konui/client';
import type { DraftStorage } from './draft-storage.ts';

/** Several sessions may go at once, and rows change many times a second. */
const PAUSE_MS = 1000;

interface ForgetDraftsOptions {
  readonly sessionList: Pick<SessionList, 'get' | 'subscribe'>;
  readonly drafts: Pick<DraftStorage, 'sessionIds' | 'forget'>;
  /** Undefined where that cannot be known now. Never rejects. */
  readonly isDeleted: (sessionId: string) => Promise<boolean | undefined>;
}

/**
 * Forgets what was written for sessions that are deleted. One that is missing in the list may only be hidden from this
 * sign-in, and keeps its draft: it is asked for by itself. Returns the removal.
 */
export function forgetDrafts({ sessionList, drafts, isDeleted }: ForgetDraftsOptions): () => void {
  const asked = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    timer = undefined;
    const { state, sessions } = sessionList.get();
    if (state !== 'ready') return;
    const listed = new Set<string>(sessions.map(({ sessionId }) => sessionId));
    for (const sessionId of drafts.sessionIds()) {
      if (listed.has(sessionId) || asked.has(sessionId)) continue;
      asked.add(sessionId);
      void isDeleted(sessionId).then((answer) => {
        if (answer === true) drafts.forget(sessionId);
        else if (answer === undefined) asked.delete(sessionId);
      });
    }
  };
  const soon = (): void => {
    timer ??= setTimeout(look, PAUSE_MS);
  };
  const unsubscribe = sessionList.subscribe(soon);
  soon();
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
