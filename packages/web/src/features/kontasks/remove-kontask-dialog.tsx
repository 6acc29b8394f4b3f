import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { RemovalDialog } from '../../ui/removal-dialog.tsx';
import { reasonOf } from './kontask-words.ts';

interface RemoveKontaskDialogProps {
  readonly title: string;
  readonly remove: () => Promise<void>;
  readonly onClose: () => void;
}

const words = {
  title: en.kontask.removeTitle,
  keep: en.kontask.keep,
  remove: en.kontask.removeAction,
  removing: en.kontask.removing,
};

export function RemoveKontaskDialog({ title, ...rest }: RemoveKontaskDialogProps): ReactNode {
  return (
    <RemovalDialog {...rest} words={words} problemOf={(error) => en.kontask.notChanged(reasonOf(error))}>
      <p className="breaks">{en.kontask.removeLead(title)}</p>
    </RemovalDialog>
  );
}
