import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ConversationState } from '@konui/client';
import { en } from '../text/en.ts';

/** Tells screen readers what somebody who sees the page sees at once: a run's beginning and end, and what it asks. */
export function SessionAnnouncer({ conversation, isReady }: { conversation: ConversationState; isReady: boolean }) {
  const [said, setSaid] = useState('');
  const before = useRef<ConversationState | undefined>(undefined);
  useEffect(() => {
    // What had happened before the page was opened is no news.
    const last = before.current;
    before.current = isReady ? conversation : undefined;
    const news = last === undefined || !isReady ? undefined : newsOf(last, conversation);
    if (news !== undefined) setSaid(news);
  }, [conversation, isReady]);
  return <Said words={said} />;
}

function Said({ words }: { words: string }): ReactNode {
  return (
    <p className="visually-hidden" role="status" data-testid="announcer">
      {words}
    </p>
  );
}

/** What of a change deserves to be read aloud; undefined for all that streams. */
export function newsOf(before: ConversationState, now: ConversationState): string | undefined {
  const isNew = (list: readonly { requestId: string }[], requestId: string): boolean =>
    !list.some((each) => each.requestId === requestId);
  const permission = now.pendingPermissions.find(({ requestId }) => isNew(before.pendingPermissions, requestId));
  if (permission !== undefined) return en.announce.permission(permission.toolCall.title ?? en.permission.title);
  const question = now.pendingElicitations.find(({ requestId }) => isNew(before.pendingElicitations, requestId));
  if (question !== undefined) return en.announce.question(question.message);
  if (now.run !== undefined) return before.run?.runId === now.run.runId ? undefined : en.announce.started;
  if (now.lastRun === undefined || before.lastRun?.runId === now.lastRun.runId) return undefined;
  if (now.limit !== undefined) return en.announce.limit;
  if (now.lastRun.aborted) return en.announce.stopped;
  return now.lastRun.success ? en.announce.finished : en.announce.failed;
}
