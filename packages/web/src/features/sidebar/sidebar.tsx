import { type ReactNode, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import { en } from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { folderName, isRunning } from '../../ui/session-words.ts';
import { SessionRow } from './session-row.tsx';
import { byProject, visibleSessions } from './visible-sessions.ts';

interface SidebarProps {
  readonly sessions: readonly SessionInfo[];
  readonly state: 'loading' | 'ready' | 'failed';
  readonly currentId: string | undefined;
  readonly onNavigate: () => void;
  readonly onSignOut: () => void;
}

/** All sessions by folder, with a search and a filter for those that run. */
export function Sidebar(props: SidebarProps): ReactNode {
  const [search, setSearch] = useState('');
  const [isRunningOnly, setRunningOnly] = useState(false);
  const runningCount = props.sessions.filter((session) => !session.archived && isRunning(session)).length;
  const visible = visibleSessions(props.sessions, { search, isRunningOnly });
  const nothing = search !== '' ? en.nav.noneFound : isRunningOnly ? en.nav.noneRunning : en.nav.none;

  return (
    <nav className="sidebar" aria-label={en.nav.label}>
      <div className="sidebar-head">
        <Link href="/" className="wordmark" onClick={props.onNavigate} title={en.nav.home}>
          {en.app.name}
        </Link>
        <Link
          href="/new"
          className="icon-button"
          onClick={props.onNavigate}
          aria-label={en.nav.newSession}
          title={en.nav.newSession}
        >
          <Icon name="plus" />
        </Link>
      </div>
      <div className="sidebar-filter">
        <label className="search">
          <Icon name="search" />
          <span className="visually-hidden">{en.nav.search}</span>
          <input
            type="search"
            className="input"
            value={search}
            placeholder={en.nav.search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
        </label>
        <button
          type="button"
          className="filter-chip"
          aria-pressed={isRunningOnly}
          title={en.nav.runningOnly}
          onClick={() => setRunningOnly(!isRunningOnly)}
        >
          {en.nav.running(runningCount)}
        </button>
      </div>
      <div className="sidebar-list">
        {visible.length === 0 && (
          <p className="soft nothing">{props.state === 'ready' ? nothing : en.nav[props.state]}</p>
        )}
        {byProject(visible).map((group) => (
          <section key={group.projectPath} aria-label={group.projectPath}>
            <p className="project" title={group.projectPath}>
              {folderName(group.projectPath)}
              {group.sessions.some(isRunning) && <span className="spinner" role="img" aria-label={en.status.working} />}
            </p>
            <ul>
              {group.sessions.map((session) => (
                <li key={session.sessionId}>
                  <SessionRow
                    session={session}
                    isCurrent={session.sessionId === props.currentId}
                    onNavigate={props.onNavigate}
                  />
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="sidebar-foot">
        <button type="button" className="button subtle" onClick={props.onSignOut}>
          <Icon name="signOut" />
          {en.signIn.signOut}
        </button>
      </div>
    </nav>
  );
}
