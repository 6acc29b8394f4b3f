import { type ReactNode, useRef, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { useAgentNames } from '../../ui/agent-names.ts';
import { shortAgoText } from '../../ui/duration.ts';
import { Icon } from '../../ui/icon.tsx';
import { useLiveness } from '../../ui/liveness.ts';
import { isRunning, lastTurnAt } from '../../ui/session-words.ts';
import { useNow } from '../../ui/use-now.ts';
import { moveInList } from './move-in-list.ts';
import { type Progress, ProgressLines } from './progress-line.tsx';
import { ProjectSection } from './project-section.tsx';
import { type OpenMenu, useRowMenu } from './row-menu.ts';
import { SessionRow } from './session-row.tsx';
import { SidebarFilter } from './sidebar-filter.tsx';
import { SidebarNothing } from './sidebar-nothing.tsx';
import { type SidebarView, sidebarGroups, visibleSessions } from './visible-sessions.ts';
import { NewSessionLink } from '../../ui/new-session-link.tsx';

/** A list longer than this costs time at each change, and nobody scrolls that far: the search finds the rest. */
const MAX_ROWS = 500;

export interface SidebarProps {
  readonly sessions: readonly SessionInfo[];
  readonly state: 'loading' | 'ready' | 'failed';
  readonly currentId: string | undefined;
  readonly unread: ReadonlySet<string>;
  readonly onMenu: OpenMenu;
  readonly onRetry: () => void;
  readonly onNavigate: () => void;
  /** Closes the sheet of a phone, or puts the list aside. */
  readonly onHide: () => void;
  /** What the host is busy with. Default: nothing. */
  readonly progress?: readonly Progress[];
  /** What stands below the list. */
  readonly foot: ReactNode;
  /** Default: all sessions. */
  readonly initialView?: SidebarView;
  readonly initialSearch?: string;
}

/** All sessions: what needs a person first, then by folder, with a search and views of what runs and of the archive. */
export function Sidebar(props: SidebarProps): ReactNode {
  const { sessions, onMenu } = props;
  const [search, setSearch] = useState(props.initialSearch ?? '');
  const [view, setView] = useState<SidebarView>(props.initialView ?? 'all');
  const [limit, setLimit] = useState(MAX_ROWS);
  const list = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const now = useNow(30_000);
  const needsYou = useLiveness().isStale ? en.liveness.needsYou : en.start.needsYou;
  const runningCount = sessions.filter(isRunning).length;
  const visible = visibleSessions(sessions, { search, view, agentNames: useAgentNames() });
  const { first, projects } = sidebarGroups(visible.slice(0, limit));
  useRowMenu(list, (sessionId, at) => {
    const session = sessions.find((each) => each.sessionId === sessionId);
    if (session !== undefined) onMenu(session, at);
  });

  const row = (session: SessionInfo, hasProject: boolean): ReactNode => (
    <li key={session.sessionId}>
      <SessionRow
        session={session}
        isCurrent={session.sessionId === props.currentId}
        isUnread={props.unread.has(session.sessionId)}
        when={shortAgoText(Date.parse(lastTurnAt(session)), now)}
        hasProject={hasProject}
        onNavigate={props.onNavigate}
        onMenu={onMenu}
      />
    </li>
  );
  return (
    <nav className="sidebar" aria-label={en.nav.label}>
      <div className="sidebar-head">
        <Link href="/" className="wordmark" onClick={props.onNavigate} title={en.nav.home}>
          {en.app.name}
        </Link>
        <NewSessionLink
          href="/new"
          className="icon-button"
          onClick={props.onNavigate}
          aria-label={en.nav.newSession}
          title={en.nav.newSession}
        >
          <Icon name="plus" />
        </NewSessionLink>
        <button
          type="button"
          className="icon-button"
          aria-label={en.sidebar.collapse}
          title={en.sidebar.collapse}
          onClick={props.onHide}
        >
          <Icon name="panel" />
        </button>
      </div>
      <SidebarFilter
        fieldRef={field}
        search={search}
        onSearch={setSearch}
        view={view}
        onView={setView}
        runningCount={runningCount}
      />
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys beside Tab, for its links */}
      <div className="sidebar-list" ref={list} onKeyDown={moveInList}>
        {visible.length === 0 && (
          <SidebarNothing
            state={props.state}
            search={search}
            view={view}
            onRetry={props.onRetry}
            onNavigate={props.onNavigate}
          />
        )}
        {first.length > 0 && (
          <section className="project-section needs-you" aria-label={needsYou}>
            <p className="project">{needsYou}</p>
            <ul>{first.map((session) => row(session, true))}</ul>
          </section>
        )}
        {projects.map((group) => (
          <ProjectSection key={group.projectPath} group={group} onNavigate={props.onNavigate}>
            {group.sessions.map((session) => row(session, false))}
          </ProjectSection>
        ))}
        {visible.length > limit && (
          <button type="button" className="button subtle" onClick={() => setLimit(visible.length)}>
            {en.sidebar.showAll(visible.length)}
          </button>
        )}
      </div>
      <ProgressLines progress={props.progress ?? []} />
      <div className="sidebar-foot">{props.foot}</div>
    </nav>
  );
}
