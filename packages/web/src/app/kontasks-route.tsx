import { type ReactNode, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { parseListQuery, toSearch } from '../features/kontasks/kontask-query.ts';
import { KontasksPage } from '../features/kontasks/kontasks-page.tsx';
import { folderName } from '../ui/session-words.ts';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';

/** `/kontasks`: reports and requests. */
export function KontasksRoute(): ReactNode {
  const { kontasks, kontaskInbox, sessionList } = useServices();
  const { sessions } = useStore(sessionList);
  const address = useSearch();
  const [, navigate] = useLocation();
  const query = useMemo(() => parseListQuery(address), [address]);
  return (
    <KontasksPage
      query={query}
      onQuery={(next) => {
        const search = toSearch(next);
        // Each letter is no page of its own to go back to.
        navigate(search === '' ? '/kontasks' : `/kontasks?${search}`, { replace: true });
      }}
      api={kontasks}
      inbox={kontaskInbox}
      scopes={[...new Set(sessions.map(({ projectPath }) => folderName(projectPath)))].toSorted()}
      onOpen={(id) => navigate(`/kontasks/${encodeURIComponent(id)}`)}
    />
  );
}
