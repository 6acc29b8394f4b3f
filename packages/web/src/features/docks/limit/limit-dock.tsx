import { type ReactNode, useId, useState } from 'react';
import type { LimitState } from '@konui/protocol';
import * as en from '../../../text/en.ts';
import { Icon } from '../../../ui/icon.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { limitWords } from './limit-words.ts';

interface LimitDockProps {
  readonly limit: LimitState;
  /** ISO 8601, where the session goes on by itself. */
  readonly resumesAt: string | undefined;
  /** Whether the session is set to go on by itself when the limit resets. */
  readonly resumesByItself: boolean;
  /** Rejects where it could not be changed. */
  readonly onResumeByItself: (isOn: boolean) => Promise<void>;
  /** Undefined where the prompt that the limit stopped is not known here. */
  readonly onSendAgain: (() => void) | undefined;
}

/** The quota is used up: when it comes back, and what happens then. */
export function LimitDock({
  limit,
  resumesAt,
  resumesByItself,
  onResumeByItself,
  onSendAgain,
}: LimitDockProps): ReactNode {
  const [wanted, setWanted] = useState<boolean | undefined>(undefined);
  const [problem, setProblem] = useState('');
  const hintId = useId();
  const now = useNow(1000);
  const { hasReset, countdown, when } = limitWords({ resetsAt: limit.resetsAt, resumesAt }, now);

  const change = async (isOn: boolean): Promise<void> => {
    setProblem('');
    setWanted(isOn);
    try {
      await onResumeByItself(isOn);
    } catch (error) {
      setProblem(en.limit.notChanged(error instanceof Error ? error.message : String(error)));
    } finally {
      setWanted(undefined);
    }
  };
  const title = hasReset ? en.limit.titleReset : en.limit.title;
  return (
    <section className={`dock limit ${hasReset ? 'reset' : ''}`} aria-label={title} data-testid="limit">
      <header className="dock-head">
        <Icon name="clock" />
        <h2>{title}</h2>
      </header>
      <p className="limit-countdown" data-testid="limit-countdown">
        <strong>{countdown}</strong> {when}
      </p>
      {!hasReset && (
        <label className="choice">
          <input
            type="checkbox"
            role="switch"
            checked={wanted ?? resumesByItself}
            aria-checked={wanted ?? resumesByItself}
            disabled={wanted !== undefined}
            aria-describedby={limit.resetsAt === undefined ? hintId : undefined}
            onChange={(event) => void change(event.currentTarget.checked)}
          />
          <span>{en.limit.resume}</span>
        </label>
      )}
      {limit.resetsAt === undefined && (
        <p className="soft" id={hintId}>
          {en.limit.resumeUnknown}
        </p>
      )}
      <p className="field-problem" role="status">
        {problem}
      </p>
      {onSendAgain !== undefined && (
        <div className="permission-options">
          <button type="button" className={`button ${hasReset ? 'primary' : ''}`} onClick={onSendAgain}>
            <Icon name="repeat" />
            {hasReset ? en.limit.sendAgainReset : en.limit.sendAgain}
          </button>
        </div>
      )}
    </section>
  );
}
