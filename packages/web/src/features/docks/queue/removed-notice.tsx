import type { ReactNode } from 'react';
import * as en from '../../../text/en.ts';

interface RemovedNoticeProps {
  readonly count: number;
  /** Without a run it does not wait again but begins. */
  readonly isRunning: boolean;
  /** Puts it back where it was. */
  readonly onUndo: () => void;
  readonly onDismiss: () => void;
}

/** Prompts were taken out of the queue, and may come back. */
export function RemovedNotice({ count, isRunning, onUndo, onDismiss }: RemovedNoticeProps): ReactNode {
  return (
    <p className="queue-undo" role="status" data-testid="queue-removed">
      {en.queue.removed(count)}
      <button type="button" className="button subtle" onClick={onUndo}>
        {isRunning ? en.queue.undo : count === 1 ? en.queue.sendAsNew : en.queue.sendAllAsNew}
      </button>
      <button type="button" className="button subtle" onClick={onDismiss}>
        {en.queue.dismiss}
      </button>
    </p>
  );
}
