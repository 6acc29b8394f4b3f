import type { ReactNode } from 'react';
import * as en from '../../../text/en.ts';

interface LeftoverEditProps {
  readonly text: string;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
}

/** Words that were being written into a prompt when its turn came: they are offered rather than lost. */
export function LeftoverEdit({ text, onSend, onDiscard }: LeftoverEditProps): ReactNode {
  return (
    <div className="queue-leftover" role="alert" data-testid="queue-leftover">
      <p>{en.queue.gone}</p>
      <blockquote>{text}</blockquote>
      <div className="queue-actions">
        <button type="button" className="button" onClick={onSend}>
          {en.queue.sendAsNew}
        </button>
        <button type="button" className="button subtle" onClick={onDiscard}>
          {en.queue.discard}
        </button>
      </div>
    </div>
  );
}
