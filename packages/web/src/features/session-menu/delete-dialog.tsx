import { type ReactNode, useState } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';

interface DeleteDialogProps {
  readonly title: string;
  /** Rejects where the session could not be deleted. */
  readonly onDelete: () => Promise<void>;
  readonly onClose: () => void;
}

/** Asks once more before a session is gone for good. */
export function DeleteDialog({ title, onDelete, onClose }: DeleteDialogProps): ReactNode {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const remove = async (): Promise<void> => {
    setBusy(true);
    setProblem('');
    try {
      await onDelete();
    } catch (error) {
      setProblem(en.header.failed(error instanceof Error ? error.message : String(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={en.header.deleteTitle} onClose={onClose}>
      <p className="dialog-text">{en.header.deleteLead(title)}</p>
      <p className="field-problem" role="status">
        {problem}
      </p>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {en.header.cancel}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void remove()}>
          {isBusy ? en.header.deleting : en.header.deleteAction}
        </button>
      </div>
    </Dialog>
  );
}
