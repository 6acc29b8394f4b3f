import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../text/en.ts';
import { Icon } from './icon.tsx';
import { isShelved } from './session-words.ts';

/** That a session is of the archive, and listed among the others for what still goes on in it. */
export function ArchivedMark({ session }: { session: SessionInfo }): ReactNode {
  if (!session.archived || isShelved(session)) return null;
  return (
    <span className="archived-mark" role="img" aria-label={en.session.isArchived} title={en.session.isArchived}>
      <Icon name="archive" />
    </span>
  );
}
