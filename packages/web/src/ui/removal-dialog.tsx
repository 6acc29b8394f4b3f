import { type ReactNode, useState } from 'react';
import { Dialog } from './dialog.tsx';

interface RemovalDialogProps {
  readonly words: {
    readonly title: string;
    /** The button that leaves everything as it is. */
    readonly keep: string;
    readonly remove: string;
    readonly removing: string;
  };
  /** What is removed, named, and what follows from it. */
  readonly children: ReactNode;
  /** Rejects where it could not be removed. */
  readonly remove: () => Promise<void>;
  readonly problemOf: (error: unknown) => string;
  readonly onClose: () => void;
}

/** Deleting cannot be taken back: the focus begins at the way out. */
export function RemovalDialog({ words, children, remove, problemOf, onClose }: RemovalDialogProps): ReactNode {
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const confirm = async (): Promise<void> => {
    setBusy(true);
    try {
      await remove();
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog title={words.title} onClose={onClose}>
      {children}
      {problem !== undefined && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <div className="dialog-actions">
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- Enter by mistake deletes nothing */}
        <button type="button" className="button" autoFocus onClick={onClose}>
          {words.keep}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void confirm()}>
          {isBusy ? words.removing : words.remove}
        </button>
      </div>
    </Dialog>
  );
}
