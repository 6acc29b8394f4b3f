import { memo, type ReactNode, useEffect, useRef, useState } from 'react';
import type { ConversationState } from '@konui/client';
import { newsOf } from './session-news.ts';

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

/** Touched only when there is something to say: some screen readers read a region again that was merely redrawn. */
const Said = memo(function Said({ words }: { words: string }): ReactNode {
  return (
    <p className="visually-hidden" role="status" data-testid="announcer">
      {words}
    </p>
  );
});
