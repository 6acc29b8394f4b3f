import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { isShelved, isUnread } from '../ui/session-words.ts';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';

/**
 * Ids of the sessions with something that nobody has seen; never the one that is open, which is being read. That one is
 * marked as read with each frame while it streams: only another answer draws again.
 */
export function useUnread(currentId?: string): ReadonlySet<string> {
  const { sessionList, readMarks } = useServices();
  const { sessions } = useStore(sessionList);
  const getIds = useCallback((): string => {
    const read = readMarks.get();
    const unread = sessions.filter((session) => !isShelved(session) && isUnread(session, read));
    const ids = unread.map(({ sessionId }): string => sessionId);
    return ids.filter((sessionId) => sessionId !== currentId).join(' ');
  }, [sessions, readMarks, currentId]);
  const subscribe = useCallback((listener: () => void) => readMarks.subscribe(listener), [readMarks]);
  const ids = useSyncExternalStore(subscribe, getIds);
  return useMemo(() => new Set(ids === '' ? [] : ids.split(' ')), [ids]);
}
