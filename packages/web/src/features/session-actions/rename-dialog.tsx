import { type FormEvent, type ReactNode, useId, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';

/** As long as the protocol takes. */
const MAX_TITLE = 200;

interface RenameDialogProps {
  readonly session: SessionInfo;
  /** Rejects with words for a person. */
  readonly rename: (title: string) => Promise<void>;
  readonly onClose: () => void;
}

export function RenameDialog({ session, rename, onClose }: RenameDialogProps): ReactNode {
  const id = useId();
  const [title, setTitle] = useState(session.title ?? '');
  const [problem, setProblem] = useState<string | undefined>(undefined);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      await rename(title);
      onClose();
    } catch (error) {
      setProblem(en.session.failed(error instanceof Error ? error.message : String(error)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={en.session.renameTitle} onClose={onClose}>
      <form className="dialog-form" onSubmit={(event) => void submit(event)}>
        <div className="field">
          <label htmlFor={id}>{en.session.renameLabel}</label>
          <input
            id={id}
            className="input"
            value={title}
            maxLength={MAX_TITLE}
            autoComplete="off"
            // oxlint-disable-next-line jsx-a11y/no-autofocus -- the window was opened to write here
            autoFocus
            aria-describedby={`${id}-hint`}
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <p className="hint" id={`${id}-hint`}>
            {en.session.renameHint}
          </p>
        </div>
        {problem !== undefined && (
          <p className="problem" role="alert">
            {problem}
          </p>
        )}
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            {en.session.cancel}
          </button>
          <button type="submit" className="button primary" disabled={isBusy}>
            {isBusy ? en.session.saving : en.session.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
