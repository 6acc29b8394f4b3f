import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { sessionMark, sessionStatusText } from './session-words.ts';

/** What a session is doing: a dot, a rotating ring while it works, an exclamation mark when it needs you. */
export function StatusDot({ session }: { session: SessionInfo }): ReactNode {
  const mark = sessionMark(session);
  const words = sessionStatusText(session);
  return (
    <span className={`status-dot ${mark}`} role="img" aria-label={words} title={words}>
      {mark === 'working' ? <span className="spinner" /> : mark === 'needs-you' ? '!' : null}
    </span>
  );
}
