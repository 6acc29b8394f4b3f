import type { ReactNode } from 'react';
import type { ConversationState } from '@konui/client';
import { Icon } from '../../ui/icon.tsx';
import { useLiveness, useRunClock } from '../../ui/liveness.ts';
import { type RunStatus, runStatus } from './run-status.ts';

interface RunStatusLineProps {
  readonly conversation: ConversationState;
  readonly isStopAsked: boolean;
  readonly startingSinceMs: number | undefined;
  /** When the session's last event arrived; undefined where silence says nothing. */
  readonly lastSignMs: number | undefined;
}

/** What the open run is doing and for how long. */
export function RunStatusLine(props: RunStatusLineProps): ReactNode {
  const { conversation } = props;
  const nowMs = useRunClock(1000, conversation.run !== undefined || props.startingSinceMs !== undefined);
  const { isStale } = useLiveness();
  const status = runStatus(conversation, { ...props, isCutOff: isStale, nowMs });
  const icon = status === undefined ? undefined : iconOf(status);
  return (
    <div className="run-status" role="status" data-testid="run-status" data-state={status?.state ?? 'idle'}>
      {status !== undefined && (
        <>
          {icon === undefined ? <span className="spinner" /> : <Icon name={icon} />}
          <span className="run-status-text">{status.text}</span>
          <span className="soft" aria-hidden="true">
            {status.elapsed}
          </span>
        </>
      )}
    </div>
  );
}

/** What goes on by itself turns, or turned when it was last heard of; what does not is a sign that stands still. */
function iconOf({ state }: RunStatus): 'alert' | 'repeat' | undefined {
  switch (state) {
    case 'waiting':
    case 'silent':
      return 'alert';
    case 'retrying':
      return 'repeat';
    case 'starting':
    case 'working':
    case 'tool':
    case 'stopping':
    case 'cut-off':
      return undefined;
  }
}
