import { useMemo } from 'react';
import { isUnread } from '../ui/session-words.ts';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';

/** Ids of the sessions with something that nobody has seen; never the one that is open, which is being read. */
export function useUnread(currentId?: string): ReadonlySet<string> {
  const { sessionList, readMarks } = useServices();
  const { sessions } = useStore(sessionList);
  const read = useStore(readMarks);
  return useMemo(() => {
    const unread = sessions.filter((session) => !session.archived && isUnread(session, read));
    return new Set(unread.map(({ sessionId }): string => sessionId).filter((sessionId) => sessionId !== currentId));
  }, [sessions, read, currentId]);
}
