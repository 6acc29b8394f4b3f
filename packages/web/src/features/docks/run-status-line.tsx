import type { ReactNode } from 'react';
import type { ConversationState } from '@konui/client';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { runStatus } from './run-status.ts';

interface RunStatusLineProps {
  readonly conversation: ConversationState;
  readonly isStopAsked: boolean;
  /** When the session's last event arrived; undefined where silence says nothing. */
  readonly lastSignMs: number | undefined;
}

/** What the open run is doing and for how long. */
export function RunStatusLine({ conversation, isStopAsked, lastSignMs }: RunStatusLineProps): ReactNode {
  const nowMs = useNow(1000, conversation.run !== undefined);
  const status = runStatus(conversation, { isStopAsked, nowMs, lastSignMs });
  const needsLook = status?.state === 'waiting' || status?.state === 'silent' || status?.state === 'retrying';
  return (
    <div className="run-status" role="status" data-testid="run-status" data-state={status?.state ?? 'idle'}>
      {status !== undefined && (
        <>
          {needsLook ? <Icon name={status.state === 'retrying' ? 'repeat' : 'alert'} /> : <span className="spinner" />}
          <span className="run-status-text">{status.text}</span>
          <span className="soft" aria-hidden="true">
            {status.elapsed}
          </span>
        </>
      )}
    </div>
  );
}
