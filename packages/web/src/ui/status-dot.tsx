import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { sessionMark } from './session-words.ts';
import { useSessionStatus } from './use-session-status.ts';

/** What a session is doing: a dot, a rotating ring while it works, an exclamation mark when it needs you. */
export function StatusDot({ session }: { session: SessionInfo }): ReactNode {
  const mark = sessionMark(session);
  const { text, asOf } = useSessionStatus(session);
  const words = asOf === undefined ? text : `${text}, ${asOf}`;
  return (
    <span className={`status-dot ${mark}`} role="img" aria-label={words} title={words}>
      {mark === 'working' ? <span className="spinner" /> : mark === 'needs-you' ? '!' : null}
    </span>
  );
}
