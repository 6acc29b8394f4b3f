import { type ReactNode, useState } from 'react';
import type { AccessTokenRow } from '@konui/client';
import { KonuiError } from '@konui/protocol';
import { enSettings } from '../../../text/en-settings.ts';
import { Dialog } from '../../../ui/dialog.tsx';
import { messageOf } from '../setting-parts.tsx';

interface RevokeDialogProps {
  readonly row: AccessTokenRow;
  /** Rejects with LAST_FULL_TOKEN unless it is forced. */
  readonly revoke: (isForced: boolean) => Promise<void>;
  readonly onClose: () => void;
}

export function RevokeDialog({ row, revoke, onClose }: RevokeDialogProps): ReactNode {
  const words = enSettings.access;
  const [isBusy, setBusy] = useState(false);
  const [isLast, setLast] = useState(false);
  const [problem, setProblem] = useState<string>();
  const press = async (): Promise<void> => {
    setBusy(true);
    try {
      await revoke(isLast);
    } catch (error) {
      setBusy(false);
      if (error instanceof KonuiError && error.code === 'LAST_FULL_TOKEN') setLast(true);
      else setProblem(messageOf(error));
    }
  };
  return (
    <Dialog title={words.revokeTitle(row.name)} onClose={onClose}>
      <p>{words.revokeLead}</p>
      {row.isOwn && <p className="problem">{words.revokeOwn}</p>}
      <div role="alert">
        {isLast && <p className="problem">{words.revokeLast}</p>}
        {problem !== undefined && <p className="problem">{enSettings.notChanged(problem)}</p>}
      </div>
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          {enSettings.cancel}
        </button>
        <button type="button" className="button danger" disabled={isBusy} onClick={() => void press()}>
          {isLast ? words.revokeAnyway : words.revoke}
        </button>
      </div>
    </Dialog>
  );
}
