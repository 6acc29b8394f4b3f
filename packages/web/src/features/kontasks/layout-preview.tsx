import type { KontaskLayout } from '@konui/protocol';
import { type ReactNode, useId } from 'react';
import * as en from '../../text/en.ts';
import { RequestFields } from './original-request.tsx';
import { missingFields } from './request-fields.ts';
import type { Trial } from './use-trial-kontask.ts';

interface LayoutPreviewProps extends Trial {
  /** Undefined where the text has never been one. */
  readonly layout: KontaskLayout | undefined;
  /** Whether it is what the text says now. */
  readonly isLatest: boolean;
  readonly onKontask: (kontaskId: string) => void;
}

/** How a kontask looks under a layout. */
export function LayoutPreview({ layout, isLatest, onKontask, offered, trial }: LayoutPreviewProps): ReactNode {
  const id = useId();
  return (
    <section className="kontask-section" aria-label={en.layouts.preview}>
      <h2>{en.layouts.preview}</h2>
      {offered.length > 0 && (
        <div className="field">
          <label htmlFor={id}>{en.layouts.kontask}</label>
          <select
            id={id}
            className="input"
            value={trial.state === 'ready' ? trial.kontask.id : ''}
            onChange={(event) => onKontask(event.currentTarget.value)}
          >
            {trial.state === 'loading' && <option value="">{en.layouts.loadingKontask}</option>}
            {offered.map((kontask) => (
              <option key={kontask.id} value={kontask.id}>
                {kontask.title}
              </option>
            ))}
          </select>
        </div>
      )}
      {trial.state === 'none' && <p className="soft">{en.layouts.noKontask}</p>}
      {trial.state === 'loading' && <p className="soft">{en.layouts.loadingKontask}</p>}
      {trial.state === 'failed' && <p className="problem breaks">{en.layouts.kontaskFailed(trial.why)}</p>}
      {trial.state === 'ready' && layout === undefined && <p className="soft">{en.layouts.neverValid}</p>}
      {trial.state === 'ready' && layout !== undefined && (
        <>
          {!isLatest && <p className="soft">{en.layouts.lastValid}</p>}
          <h3>{en.kontask.request}</h3>
          <RequestFields kontask={trial.kontask} layout={layout} />
          <Missing layout={layout} kontask={trial.kontask} />
        </>
      )}
    </section>
  );
}

function Missing({ kontask, layout }: Parameters<typeof RequestFields>[0]): ReactNode {
  const missing = missingFields(kontask, layout);
  if (missing.length === 0) return null;
  return (
    <div className="soft">
      <p>{en.layouts.missing}</p>
      <ul className="layout-missing">
        {missing.map(({ label, path }, index) => (
          <li key={index}>
            {label} <code className="breaks">{path}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}
