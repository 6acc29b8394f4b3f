import { memo, type MouseEvent, type ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { agentName, useAgentNames } from '../../ui/agent-names.ts';
import { ArchivedMark } from '../../ui/archived-mark.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { folderName, titleOf } from '../../ui/session-words.ts';
import type { OpenMenu } from './row-menu.ts';

interface SessionRowProps {
  readonly session: SessionInfo;
  readonly isCurrent: boolean;
  readonly isUnread: boolean;
  /** How long ago its last turn was. */
  readonly when: string;
  /** Where it does not stand below its folder. */
  readonly hasProject?: boolean;
  readonly onNavigate: () => void;
  readonly onMenu: OpenMenu;
}

export const SessionRow = memo(function SessionRow(props: SessionRowProps): ReactNode {
  const { session, isCurrent, isUnread } = props;
  const title = titleOf(session);
  const names = useAgentNames();
  const openMenu = (event: MouseEvent<HTMLElement>): void => {
    const { left, bottom } = event.currentTarget.getBoundingClientRect();
    props.onMenu(session, { x: left, y: bottom });
  };
  return (
    <div className="session-line" data-session={session.sessionId}>
      <Link
        href={`/s/${session.sessionId}`}
        className={`session-row ${isUnread ? 'unread' : ''}`}
        aria-current={isCurrent ? 'page' : undefined}
        title={`${title}\n${session.projectPath} · ${agentName(names, session.provider)}`}
        onClick={props.onNavigate}
      >
        <StatusDot session={session} />
        <span className="session-row-text">
          <span className="session-title" dir="auto">
            {title}
          </span>
          {props.hasProject === true && <span className="soft session-project">{folderName(session.projectPath)}</span>}
        </span>
        <ArchivedMark session={session} />
        {isUnread ? (
          <span className="unread-dot" role="img" aria-label={en.sidebar.unread} data-testid="unread" />
        ) : (
          <span className="soft when">{props.when}</span>
        )}
      </Link>
      <button
        type="button"
        className="icon-button small row-menu-button"
        aria-haspopup="menu"
        aria-label={en.sidebar.menu(title)}
        onClick={openMenu}
      >
        <Icon name="dots" />
      </button>
    </div>
  );
});
