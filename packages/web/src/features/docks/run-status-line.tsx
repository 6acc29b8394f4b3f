import type { ReactNode } from 'react';
import type { ConversationState } from '@konui/client';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { runStatus } from './run-status.ts';

/** What the open run is doing and for how long. */
export function RunStatusLine({
  conversation,
  isStopAsked,
}: {
  conversation: ConversationState;
  isStopAsked: boolean;
}): ReactNode {
  const now = useNow(1000, conversation.run !== undefined);
  const status = runStatus(conversation, isStopAsked, now);
  return (
    <div className="run-status" role="status" data-testid="run-status" data-state={status?.state ?? 'idle'}>
      {status !== undefined && (
        <>
          {status.state === 'waiting' ? <Icon name="alert" /> : <span className="spinner" />}
          <span className="run-status-text">{status.text}</span>
          <span className="soft" aria-hidden="true">
            {status.elapsed}
          </span>
        </>
      )}
    </div>
  );
}
