import { type ReactNode, useCallback } from 'react';
import type { LoadAsk } from '../features/start/open-ask.ts';
import { StartPage } from '../features/start/start-page.tsx';
import { useStore } from '../ui/use-store.ts';
import { findOpenAsk } from './find-open-ask.ts';
import { useServices } from './services.ts';
import { useUnread } from './use-unread.ts';

/** A request is followed by little before its answer: the agent waits. */
const EVENTS_AROUND = 60;

export function HomeRoute(): ReactNode {
  const { api, kontaskInbox, sessionList } = useServices();
  const { sessions, state } = useStore(sessionList);
  const unread = useUnread();
  const loadAsk = useCallback<LoadAsk>(
    async (sessionId, lastSeq) => {
      const page = await api.sessions.events(sessionId, { before: lastSeq + 1, limit: EVENTS_AROUND });
      return findOpenAsk(page.events);
    },
    [api],
  );
  return (
    <StartPage
      sessions={sessions}
      state={state}
      unread={unread}
      unreadKontasks={useStore(kontaskInbox).unread}
      loadAsk={loadAsk}
      onRetry={() => void sessionList.refresh()}
    />
  );
}
