import { type ReactNode, useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { parseLayoutsQuery, toLayoutsAddress } from '../features/kontasks/layouts-address.ts';
import { LayoutsPage } from '../features/kontasks/layouts-page.tsx';
import { LoadingNote } from './loading-note.tsx';
import { useServices } from './services.ts';
import { useKontaskLayouts } from './use-kontask-layouts.ts';

/** `/kontasks/layouts`: how requests are shown, by type. */
export function LayoutsRoute(): ReactNode {
  const { kontasks, kontaskInbox } = useServices();
  const { layouts, parts } = useKontaskLayouts();
  const search = useSearch();
  const [, navigate] = useLocation();
  const query = useMemo(() => parseLayoutsQuery(search), [search]);
  if (parts === undefined) return <LoadingNote />;
  return (
    <LayoutsPage
      query={query}
      onQuery={(next) => navigate(toLayoutsAddress(next))}
      layouts={layouts}
      onRetry={() => parts.layouts.refresh()}
      api={parts.api}
      kontasks={kontasks}
      inbox={kontaskInbox}
      drafts={parts.drafts}
    />
  );
}
