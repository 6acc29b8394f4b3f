import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';

interface LeftoverWordsProps {
  /** What became of what they were for. */
  readonly why: string;
  readonly text: string;
  readonly testId: string;
  readonly onSend: () => void;
  readonly onDiscard: () => void;
}

/** Words that were being written when what they were for was over: they are offered rather than lost. */
export function LeftoverWords({ why, text, testId, onSend, onDiscard }: LeftoverWordsProps): ReactNode {
  return (
    <div className="leftover" role="alert" data-testid={testId}>
      <p>{why}</p>
      <blockquote dir="auto">{text}</blockquote>
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
