import type { ReactNode } from 'react';
import type { RunEndItem } from '@konui/client';
import { Icon } from '../../ui/icon.tsx';
import { type RunEndingFacts, runEnding } from './run-ending.ts';

interface RunEndViewProps {
  readonly item: RunEndItem;
  readonly facts: RunEndingFacts;
  /** Sends the run's prompt as a new one; undefined where that makes no sense now. */
  readonly onTryAgain: (() => void) | undefined;
}

/** How a run ended; after a failure with a button that asks the same again. */
export function RunEndView({ item, facts, onTryAgain }: RunEndViewProps): ReactNode {
  const ending = runEnding(item, facts);
  return (
    <div
      className={`run-end ${ending.tone}`}
      data-testid="run-end"
      data-stop-reason={item.stopReason}
      data-seq={item.key}
    >
      <Icon name={ending.tone === 'problem' ? 'alert' : item.aborted ? 'stop' : 'check'} />
      <p>{ending.text}</p>
      {ending.again !== undefined && onTryAgain !== undefined && (
        <button type="button" className="button" onClick={onTryAgain}>
          <Icon name="repeat" />
          {ending.again}
        </button>
      )}
    </div>
  );
}
