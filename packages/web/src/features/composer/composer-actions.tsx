import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { Icon } from '../../ui/icon.tsx';
import type { SendWay } from './composer-store.ts';

/** `stopping`: a person asked for the run's end. */
export type ComposerRun = 'none' | 'open' | 'stopping';

interface ComposerActionsProps {
  readonly run: ComposerRun;
  readonly canSend: boolean;
  readonly waitsFor: SendWay | undefined;
  readonly onSendNow: () => void;
  readonly onStopWaiting: () => void;
  readonly onStop: () => void;
}

/** Stop, and sending in words that say what will happen. */
export function ComposerActions(props: ComposerActionsProps): ReactNode {
  const { run, canSend, waitsFor } = props;
  return (
    <div className="composer-actions">
      {run !== 'none' && (
        <button
          type="button"
          className="button danger stop"
          onClick={props.onStop}
          disabled={run === 'stopping'}
          title={`${en.composer.stop} (Esc)`}
        >
          <Icon name="stop" />
          {run === 'stopping' ? en.composer.stopping : en.composer.stop}
        </button>
      )}
      {run === 'open' && canSend && waitsFor === undefined && (
        <button type="button" className="button" title={en.composer.sendNowHint} onClick={props.onSendNow}>
          <Icon name="bolt" />
          {en.composer.sendNow}
        </button>
      )}
      {waitsFor !== undefined ? (
        <button
          type="button"
          className="button primary send"
          title={en.composer.waitingHint}
          aria-busy="true"
          onClick={props.onStopWaiting}
        >
          <span className="spinner" />
          {en.composer.waiting}
        </button>
      ) : (
        (run === 'none' || canSend) && (
          <button
            type="submit"
            className="button primary send"
            disabled={!canSend}
            title={run === 'none' ? en.composer.sendHint : en.composer.queueHint}
          >
            <Icon name={run === 'none' ? 'arrowUp' : 'list'} />
            {run === 'none' ? en.composer.send : en.composer.queue}
          </button>
        )
      )}
    </div>
  );
}
