import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import { en } from '../../text/en.ts';
import { agoText, durationText } from '../../ui/duration.ts';
import { Icon } from '../../ui/icon.tsx';
import { folderName, isHeld, isRunning, sessionMark, sessionStatusText, titleOf } from '../../ui/session-words.ts';
import { StatusDot } from '../../ui/status-dot.tsx';
import { useNow } from '../../ui/use-now.ts';

const MAX_RECENT = 8;

/** What needs a person first, then what runs, then what was. */
export function StartPage({
  sessions,
  state,
}: {
  sessions: readonly SessionInfo[];
  state: 'loading' | 'ready' | 'failed';
}): ReactNode {
  const shown = sessions
    .filter((session) => !session.archived)
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  const needsYou = shown.filter((session) => session.status === 'waiting' || isHeld(session));
  const running = shown.filter((session) => isRunning(session) && session.status !== 'waiting');
  const recent = shown.filter((session) => !isRunning(session) && !isHeld(session)).slice(0, MAX_RECENT);
  return (
    <div className="page-scroll">
      <div className="page">
        <header className="page-head">
          <h1>{en.start.title}</h1>
          <Link href="/new" className="button primary">
            <Icon name="plus" />
            {en.nav.newSession}
          </Link>
        </header>
        {shown.length === 0 && <Nothing state={state} />}
        <Group title={en.start.needsYou} sessions={needsYou} />
        <Group title={en.start.running} sessions={running} />
        <Group title={en.start.recent} sessions={recent} />
      </div>
    </div>
  );
}

function Nothing({ state }: { state: 'loading' | 'ready' | 'failed' }): ReactNode {
  if (state !== 'ready')
    return (
      <p className="soft" role="status">
        {en.nav[state]}
      </p>
    );
  return (
    <div className="card empty">
      <h2>{en.start.emptyTitle}</h2>
      <p>{en.start.emptyLead}</p>
    </div>
  );
}

function Group({ title, sessions }: { title: string; sessions: readonly SessionInfo[] }): ReactNode {
  const now = useNow(sessions.some((session) => session.runStartedAt !== null) ? 1000 : 30_000, sessions.length > 0);
  if (sessions.length === 0) return null;
  return (
    <section className="group" aria-label={title}>
      <h2>{title}</h2>
      <ul className="cards">
        {sessions.map((session) => (
          <li key={session.sessionId}>
            <Link
              href={`/s/${session.sessionId}`}
              className={`card session-card ${sessionMark(session) === 'needs-you' ? 'needs-you' : ''}`}
            >
              <StatusDot session={session} />
              <span className="session-card-text">
                <span className="session-title">{titleOf(session)}</span>
                <span className="soft" title={session.projectPath}>
                  {folderName(session.projectPath)} · {session.provider}
                </span>
              </span>
              <span className="soft when">{stateText(session, now)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

function stateText(session: SessionInfo, now: number): string {
  if (session.status === 'waiting') {
    return en.start.pending(Math.max(1, session.pendingPermissions + session.pendingElicitations));
  }
  if (isHeld(session)) return sessionStatusText(session);
  const resumesAt = session.limit?.resumesAt ?? undefined;
  if (session.status === 'idle' && resumesAt !== undefined) {
    return en.start.resumes(durationText(Date.parse(resumesAt) - now));
  }
  if (session.status === 'working' && session.runStartedAt !== null)
    return durationText(now - Date.parse(session.runStartedAt));
  return isRunning(session) ? sessionStatusText(session) : agoText(Date.parse(session.updatedAt), now);
}
