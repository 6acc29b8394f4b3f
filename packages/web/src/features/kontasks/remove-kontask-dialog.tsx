import { type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { reasonOf } from './kontask-words.ts';

interface RemoveKontaskDialogProps {
  readonly title: string;
  readonly remove: () => Promise<void>;
  readonly onClose: () => void;
}

/** Deleting cannot be taken back: the focus begins at the way out. */
export function RemoveKontaskDialog({ title, remove, onClose }: RemoveKontaskDialogProps): ReactNode {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await remove();
    } catch (error) {
      setProblem(en.kontask.notChanged(reasonOf(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={en.kontask.removeTitle} onClose={onClose}>
      <p className="breaks">{en.kontask.removeLead(title)}</p>
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-actions">
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Enter by mistake deletes nothing */}
        <button type="button" className="button" autoFocus onClick={onClose}>
          {en.kontask.keep}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void confirm()}>
          {isBusy ? en.kontask.removing : en.kontask.removeAction}
        </button>
      </div>
    </Dialog>
  );
}
