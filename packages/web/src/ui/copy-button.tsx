import { type ReactNode, useEffect, useState } from 'react';
import * as en from '../text/en.ts';
import { Icon, type IconName } from './icon.tsx';

/** How long the button says that it copied. */
const SHOWN_MS = 1500;

interface CopyButtonProps {
  /** A function where the text is costly to make. */
  readonly text: string | (() => string);
  /** What the button says before it is pressed. Default: "Copy". */
  readonly label?: string;
  readonly icon?: IconName;
}

export function CopyButton({ text, label: action = en.copy.action, icon = 'copy' }: CopyButtonProps): ReactNode {
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = (): void => {
    // Plain-HTTP pages other than localhost have no clipboard.
    if (navigator.clipboard === undefined) return setOutcome('failed');
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setOutcome('copied'),
      () => setOutcome('failed'),
    );
  };
  const label = outcome === 'copied' ? en.copy.done : outcome === 'failed' ? en.copy.failed : action;
  return (
    <button type="button" className="icon-button small" onClick={copy} aria-label={label} title={label}>
      <Icon name={outcome === 'copied' ? 'check' : outcome === 'failed' ? 'cross' : icon} />
    </button>
  );
}
