import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { agoText, durationText } from '../../ui/duration.ts';
import { type Liveness, useLiveness } from '../../ui/liveness.ts';
import { folderName, isRunning, sessionStatusText, titleOf } from '../../ui/session-words.ts';
import { agentName, useAgentNames } from '../../ui/agent-names.ts';
import { ArchivedMark } from '../../ui/archived-mark.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';

interface SessionCardsProps {
  readonly title: string;
  readonly sessions: readonly SessionInfo[];
  readonly unread: ReadonlySet<string>;
}

/** Sessions with what they do and since when. */
export function SessionCards({ title, sessions, unread }: SessionCardsProps): ReactNode {
  const now = useNow(sessions.some((session) => session.runStartedAt !== null) ? 1000 : 30_000, sessions.length > 0);
  const liveness = useLiveness();
  const names = useAgentNames();
  if (sessions.length === 0) return null;
  return (
    <section className="group" aria-label={title}>
      <h2>{title}</h2>
      <ul className="cards">
        {sessions.map((session) => (
          <li key={session.sessionId}>
            <Link href={`/s/${session.sessionId}`} className="card session-card">
              <StatusDot session={session} />
              <span className="session-card-text">
                <span className="session-title" dir="auto">
                  {titleOf(session)} <ArchivedMark session={session} />
                </span>
                <span className="soft" title={session.projectPath}>
                  {folderName(session.projectPath)} · {agentName(names, session.provider)}
                </span>
              </span>
              <span className="soft when">{stateText(session, now, liveness)}</span>
              {unread.has(session.sessionId) && (
                <span className="unread-dot" role="img" aria-label={en.sidebar.unread} />
              )}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateText(session: SessionInfo, now: number, { knownUntilMs = now, isStale }: Liveness): string {
  const resumesAt = session.limit?.resumesAt ?? undefined;
  if (session.status === 'idle' && resumesAt !== undefined) {
    return en.start.resumes(durationText(Date.parse(resumesAt) - now));
  }
  if (session.status === 'working' && session.runStartedAt !== null) {
    return durationText(knownUntilMs - Date.parse(session.runStartedAt));
  }
  return isRunning(session) ? sessionStatusText(session, isStale) : agoText(Date.parse(session.updatedAt), now);
}
