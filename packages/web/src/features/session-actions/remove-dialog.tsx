import { type ReactNode, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { isRunning, titleOf } from '../../ui/session-words.ts';

interface RemoveDialogProps {
  readonly session: SessionInfo;
  /** Rejects with words for a person. */
  readonly remove: () => Promise<void>;
  readonly onClose: () => void;
}

/** Deleting cannot be taken back: the session is named, and the focus begins at the way out. */
export function RemoveDialog({ session, remove, onClose }: RemoveDialogProps): ReactNode {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await remove();
      onClose();
    } catch (error) {
      setProblem(en.session.failed(error instanceof Error ? error.message : String(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={en.session.removeTitle} onClose={onClose}>
      <p className="breaks">{en.session.removeLead(titleOf(session))}</p>
      <p className="soft">
        {isRunning(session) && <strong>{en.session.removeStops} </strong>}
        {en.session.removeKeepsFiles}
      </p>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-actions">
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Enter by mistake deletes nothing */}
        <button type="button" className="button" autoFocus onClick={onClose}>
          {en.session.cancel}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void confirm()}>
          {isBusy ? en.session.removing : en.session.removeAction}
        </button>
      </div>
    </Dialog>
  );
}
