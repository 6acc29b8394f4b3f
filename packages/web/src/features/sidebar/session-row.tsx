import { memo, type ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import { StatusDot } from '../../ui/status-dot.tsx';
import { titleOf } from '../../ui/session-words.ts';

interface SessionRowProps {
  readonly session: SessionInfo;
  readonly isCurrent: boolean;
  readonly onNavigate: () => void;
}

export const SessionRow = memo(function SessionRow({ session, isCurrent, onNavigate }: SessionRowProps): ReactNode {
  return (
    <Link
      href={`/s/${session.sessionId}`}
      className="session-row"
      aria-current={isCurrent ? 'page' : undefined}
      onClick={onNavigate}
    >
      <StatusDot session={session} />
      <span className="session-title">{titleOf(session)}</span>
    </Link>
  );
});
