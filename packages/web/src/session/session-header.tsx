import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { en } from '../text/en.ts';
import { folderName, titleOf } from '../ui/session-words.ts';

/** What the session is about, which agent works on it, and where. */
export function SessionHeader({
  session,
  title,
}: {
  session: SessionInfo | undefined;
  title: string | undefined;
}): ReactNode {
  return (
    <header className="session-header">
      <h1>{title ?? (session === undefined ? en.nav.untitled : titleOf(session))}</h1>
      {session !== undefined && (
        <p className="soft">
          <span>{session.provider}</span>
          <span title={session.projectPath}>{folderName(session.projectPath)}</span>
        </p>
      )}
    </header>
  );
}
