import { type ReactNode, useEffect, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import * as en from '../../text/en.ts';
import { folderName, isHeld, sessionStatusText, titleOf } from '../../ui/session-words.ts';
import { agentName, useAgentNames } from '../../ui/agent-names.ts';
import { ArchivedMark } from '../../ui/archived-mark.tsx';
import { StatusDot } from '../../ui/status-dot.tsx';
import type { LoadAsk, OpenAsk } from './open-ask.ts';

/** A session that waits for a person, with what it waits for. */
export function NeedsYouCard({ session, loadAsk }: { session: SessionInfo; loadAsk: LoadAsk }): ReactNode {
  const isAsking = session.status === 'waiting';
  const names = useAgentNames();
  const ask = useAsk(session, loadAsk);
  return (
    <Link href={`/s/${session.sessionId}`} className="card session-card needs-you" data-testid="needs-you">
      <StatusDot session={session} />
      <span className="session-card-text">
        <span className="session-title" dir="auto">
          {titleOf(session)} <ArchivedMark session={session} />
        </span>
        <span className="soft" title={session.projectPath}>
          {folderName(session.projectPath)} · {agentName(names, session.provider)}
          {' · '}
          {isAsking
            ? en.start.pending(Math.max(1, session.pendingPermissions + session.pendingElicitations))
            : sessionStatusText(session)}
        </span>
        {isAsking && <AskText ask={ask} />}
        {isHeld(session) && session.queueHold !== null && (
          <span className="ask-text">{en.queue.held[session.queueHold]}</span>
        )}
      </span>
      <span className="button">{isAsking ? en.home.answer : en.home.goOn}</span>
    </Link>
  );
}

function AskText({ ask }: { ask: OpenAsk | 'loading' | undefined }): ReactNode {
  if (ask === undefined) return null;
  if (ask === 'loading') return <span className="ask-text soft">{en.home.loadingAsk}</span>;
  return (
    <span className="ask-text">
      {ask.isCode ? <code>{ask.text}</code> : ask.text}
      {ask.more > 0 && <span className="soft"> {en.home.moreAsks(ask.more)}</span>}
    </span>
  );
}

function useAsk(session: SessionInfo, loadAsk: LoadAsk): OpenAsk | 'loading' | undefined {
  const { sessionId, lastSeq, status } = session;
  const [ask, setAsk] = useState<OpenAsk | 'loading' | undefined>('loading');
  useEffect(() => {
    if (status !== 'waiting') return;
    let isCurrent = true;
    loadAsk(sessionId, lastSeq).then(
      (found) => isCurrent && setAsk(found),
      // The card leads to the session, where the question is; it only is not shown here.
      () => isCurrent && setAsk(undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [sessionId, lastSeq, status, loadAsk]);
  return ask;
}
