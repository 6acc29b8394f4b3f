import type { ReactNode } from 'react';
import * as en from '../../../text/en.ts';

interface RemovedNoticeProps {
  /** Without a run it does not wait again but begins. */
  readonly isRunning: boolean;
  /** Puts it back where it was. */
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** A prompt was taken out of the queue, and may come back. */
export function RemovedNotice({ isRunning, onUndo, onDismiss }: RemovedNoticeProps): ReactNode {
  return (
    <p className="queue-undo" role="status" data-testid="queue-removed">
      {en.queue.removed}
      <button type="button" className="button subtle" onClick={onUndo}>
        {isRunning ? en.queue.undo : en.queue.sendAsNew}
      </button>
      <button type="button" className="button subtle" onClick={onDismiss}>
        {en.queue.dismiss}
      </button>
    </p>
  );
}
