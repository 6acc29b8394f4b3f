import type { ReactNode } from 'react';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { RemovalDialog } from '../../ui/removal-dialog.tsx';
import { isRunning, titleOf } from '../../ui/session-words.ts';

interface RemoveDialogProps {
  readonly session: SessionInfo;
  /** Rejects with words for a person. */
  readonly remove: () => Promise<void>;
  readonly onClose: () => void;
}

const words = {
  title: en.session.removeTitle,
  keep: en.session.cancel,
  remove: en.session.removeAction,
  removing: en.session.removing,
};

export function RemoveDialog({ session, ...rest }: RemoveDialogProps): ReactNode {
  const problemOf = (error: unknown) => en.session.failed(error instanceof Error ? error.message : String(error));
  return (
    <RemovalDialog {...rest} words={words} problemOf={problemOf}>
      <p className="breaks">{en.session.removeLead(titleOf(session))}</p>
      <p className="soft">
        {isRunning(session) && <strong>{en.session.removeStops} </strong>}
        {en.session.removeKeepsFiles}
      </p>
    </RemovalDialog>
  );
}
