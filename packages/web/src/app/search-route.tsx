import { lazy, type ReactNode, useCallback, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { createRecentSearches } from '../features/search/recent-searches.ts';
import { parsePageQuery, toSearch } from '../features/search/search-query.ts';
import type { SearchHits } from '../features/search/use-hits.ts';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';

const SearchPage = lazy(async () => ({ default: (await import('../features/search/search-page.tsx')).SearchPage }));

export function SearchRoute(): ReactNode {
  const { api, sessionList } = useServices();
  const { sessions } = useStore(sessionList);
  const address = useSearch();
  const [, navigate] = useLocation();
  const query = useMemo(() => parsePageQuery(address), [address]);
  const search = useCallback<SearchHits>((asked, signal) => api.search(asked, signal), [api]);
  const recent = useMemo(() => createRecentSearches(localStorage), []);
  return (
    <SearchPage
      query={query}
      // Each letter is no page of its own to go back to.
      onQuery={(next) => navigate(`/search?${toSearch(next)}`, { replace: true })}
      search={search}
      projects={[...new Set(sessions.map(({ projectPath }) => projectPath))].toSorted()}
      agents={[...new Set(sessions.map(({ provider }): string => provider))].toSorted()}
      recent={recent}
    />
  );
}
