import type { ReactNode } from 'react';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import type { SidebarView } from './visible-sessions.ts';
import { NewSessionLink } from '../../ui/new-session-link.tsx';

interface SidebarNothingProps {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly search: string;
  readonly view: SidebarView;
  readonly onRetry: () => void;
  readonly onNavigate: () => void;
}

/** Why no session is listed, and what to do about it. */
export function SidebarNothing({ state, search, view, onRetry, onNavigate }: SidebarNothingProps): ReactNode {
  if (state === 'loading') return <p className="soft nothing">{en.nav.loading}</p>;
  if (state === 'failed') {
    return (
      <div className="nothing" role="alert">
        <p className="soft">{en.nav.failed}</p>
        <button type="button" className="button" onClick={onRetry}>
          {en.sidebar.retry}
        </button>
      </div>
    );
  }
  if (search !== '') {
    return (
      <div className="nothing">
        <p>{en.nav.noneFound}</p>
        <p className="soft">{en.sidebar.noneFoundLead}</p>
        <Link href={`/search?q=${encodeURIComponent(search)}`} className="button" onClick={onNavigate}>
          <Icon name="search" />
          {en.sidebar.searchEverything}
        </Link>
      </div>
    );
  }
  const lead = view === 'running' ? en.sidebar.noneRunningLead : en.sidebar.noneArchivedLead;
  return (
    <div className="nothing" data-testid={`no-${view}`}>
      <p>{view === 'running' ? en.sidebar.noneRunning : view === 'archived' ? en.sidebar.noneArchived : en.nav.none}</p>
      {view === 'all' ? (
        <NewSessionLink href="/new" className="button" onClick={onNavigate}>
          <Icon name="plus" />
          {en.nav.newSession}
        </NewSessionLink>
      ) : (
        <p className="soft">{lead}</p>
      )}
    </div>
  );
}
