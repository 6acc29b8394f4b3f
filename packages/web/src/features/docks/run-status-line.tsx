import { type ReactNode, useEffect, useState } from 'react';
import type { ConversationState } from '@konui/client';
import { Icon } from '../../ui/icon.tsx';
import { useNow } from '../../ui/use-now.ts';
import { type RunStatus, runStatus } from './run-status.ts';

/** A connection that is back within this time was never worth a word. */
const CUT_OFF_MS = 2000;

interface RunStatusLineProps {
  readonly conversation: ConversationState;
  readonly isStopAsked: boolean;
  readonly isConnected: boolean;
  /** What is shown is a copy. */
  readonly isFromCache: boolean;
  /** When the session's last event arrived; undefined where silence says nothing. */
  readonly lastSignMs: number | undefined;
}

/** What the open run is doing and for how long. */
export function RunStatusLine(props: RunStatusLineProps): ReactNode {
  const { conversation, isConnected, isFromCache } = props;
  const nowMs = useNow(1000, conversation.run !== undefined);
  const isCutOff = useOutlasted(!isConnected, CUT_OFF_MS) || isFromCache;
  const status = runStatus(conversation, { ...props, isCutOff, nowMs });
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

/** What goes on by itself turns; what does not is a sign that stands still. */
function iconOf({ state }: RunStatus): 'alert' | 'repeat' | 'pause' | undefined {
  switch (state) {
    case 'waiting':
    case 'silent':
      return 'alert';
    case 'retrying':
      return 'repeat';
    case 'cut-off':
      return 'pause';
    case 'starting':
    case 'working':
    case 'tool':
    case 'stopping':
      return undefined;
  }
}

/** Whether it has been so for that long. */
function useOutlasted(isSo: boolean, ms: number): boolean {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setOver(true), ms);
    return () => {
      clearTimeout(timer);
      setOver(false);
    };
  }, [isSo, ms]);
  return isSo && isOver;
}
