import type { ReactNode } from 'react';

/** Something that the host does beside its sessions. */
export interface Progress {
  /** Tells it from others: an agent's name, or nothing. */
  readonly name: string;
  readonly text: string;
  readonly count: number | undefined;
  readonly total: number | undefined;
}

/** What the host is busy with, and how far it is. */
export function ProgressLines({ progress }: { progress: readonly Progress[] }): ReactNode {
  return (
    <div role="status" className="progress-lines">
      {progress.map(({ name, text, count, total }) => (
        <p key={name} className="soft">
          <span className="progress-text">
            {name === '' ? '' : `${name}: `}
            {text}
          </span>
          {count === undefined || total === undefined ? (
            <progress aria-label={text} />
          ) : (
            <progress aria-label={text} value={count} max={total} />
          )}
        </p>
      ))}
    </div>
  );
}
