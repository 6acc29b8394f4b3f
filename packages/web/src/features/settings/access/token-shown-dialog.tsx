import { type ReactNode, useId } from 'react';
import { enSettings } from '../../../text/en-settings.ts';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

interface TokenShownDialogProps {
  readonly token: string;
  readonly origin: string;
  readonly onClose: () => void;
}

/** A new token, this once: by itself for scripts, and as a link for another browser. */
export function TokenShownDialog({ token, origin, onClose }: TokenShownDialogProps): ReactNode {
  const words = enSettings.access.shown;
  return (
    <Dialog title={words.title} onClose={onClose}>
      <p>{words.lead}</p>
      <Secret label={words.token} text={token} />
      <Secret label={words.link} text={`${origin}/#token=${encodeURIComponent(token)}`} />
      <div className="dialog-actions">
        <button type="button" className="button primary" onClick={onClose}>
          {words.done}
        </button>
      </div>
    </Dialog>
  );
}

function Secret({ label, text }: { label: string; text: string }): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="setting-secret">
        <input id={id} className="input code" readOnly value={text} onFocus={(event) => event.currentTarget.select()} />
        <CopyButton text={text} />
      </div>
    </div>
  );
}
