import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import { useLiveness } from '../../ui/liveness.ts';
import { byLastTurn, isRunning, isShelved, needsYou } from '../../ui/session-words.ts';
import { NeedsYouCard } from './needs-you-card.tsx';
import type { LoadAsk } from './open-ask.ts';
import { ProjectCards } from './project-cards.tsx';
import { SessionCards } from './session-cards.tsx';
import { NewSessionLink } from '../../ui/new-session-link.tsx';
import { UnreadBadge } from '../../ui/unread-badge.tsx';

const MAX_RECENT = 8;

export interface StartPageProps {
  readonly sessions: readonly SessionInfo[];
  readonly state: 'loading' | 'ready' | 'failed';
  readonly unread: ReadonlySet<string>;
  readonly unreadKontasks: number;
  readonly loadAsk: LoadAsk;
  readonly onRetry: () => void;
}

/** What needs a person first, then what runs, then what was, then where. */
export function StartPage({ sessions, state, unread, unreadKontasks, loadAsk, onRetry }: StartPageProps): ReactNode {
  const words = useLiveness().isStale ? en.liveness : en.start;
  const shown = sessions.filter((session) => !isShelved(session)).toSorted(byLastTurn);
  const waiting = shown.filter(needsYou);
  const others = shown.filter((session) => !needsYou(session));
  return (
    <div className="page-scroll">
      <div className="page">
        <header className="page-head">
          <h1>{en.start.title}</h1>
          <span className="page-actions">
            <Link href="/kontasks" className="button in-bar">
              <Icon name="inbox" />
              {en.home.kontasks}
              <UnreadBadge count={unreadKontasks} />
            </Link>
            <Link href="/search" className="button in-bar">
              <Icon name="search" />
              {en.home.search}
            </Link>
            <Link href="/settings" className="button in-bar">
              <Icon name="gear" />
              {en.home.settings}
            </Link>
            <NewSessionLink href="/new" className="button primary">
              <Icon name="plus" />
              {en.nav.newSession}
            </NewSessionLink>
          </span>
        </header>
        {shown.length === 0 && <Nothing state={state} hasArchived={sessions.length > 0} onRetry={onRetry} />}
        {waiting.length > 0 && (
          <section className="group" aria-label={words.needsYou}>
            <h2>{words.needsYou}</h2>
            <ul className="cards">
              {waiting.map((session) => (
                <li key={session.sessionId}>
                  <NeedsYouCard session={session} loadAsk={loadAsk} />
                </li>
              ))}
            </ul>
          </section>
        )}
        <SessionCards title={words.running} sessions={others.filter(isRunning)} unread={NONE} />
        <SessionCards
          title={en.start.recent}
          sessions={others.filter((session) => !isRunning(session)).slice(0, MAX_RECENT)}
          unread={unread}
        />
        <ProjectCards sessions={sessions} />
      </div>
    </div>
  );
}

/** What runs is not done: it has nothing to catch up with. */
const NONE: ReadonlySet<string> = new Set();

function Nothing({
  state,
  hasArchived,
  onRetry,
}: Pick<StartPageProps, 'state' | 'onRetry'> & { hasArchived: boolean }): ReactNode {
  if (state === 'loading') {
    return (
      <p className="soft" role="status">
        {en.nav.loading}
      </p>
    );
  }
  if (state === 'failed') {
    return (
      <div className="card empty" role="alert">
        <p>{en.nav.failed}</p>
        <button type="button" className="button" onClick={onRetry}>
          {en.home.retry}
        </button>
      </div>
    );
  }
  return (
    <div className="card empty">
      <h2>{en.home.firstTitle}</h2>
      {hasArchived ? (
        <p>{en.home.allArchived}</p>
      ) : (
        <>
          <p>{en.home.firstLead}</p>
          <ol>
            {en.home.firstSteps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </>
      )}
      <p className="page-actions">
        <Link href="/setup" className="button primary">
          {en.home.firstAction}
        </Link>
        <NewSessionLink href="/new" className="button subtle">
          {en.home.firstDirect}
        </NewSessionLink>
      </p>
    </div>
  );
}
