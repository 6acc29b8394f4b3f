import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { CopyButton } from '../../ui/copy-button.tsx';

/** What can be done with a row: seen while it is pointed at, tapped or focused. */
export function RowMenu({ seq, text }: { seq: number; text: string }): ReactNode {
  return (
    <span className="row-menu" role="group" aria-label={en.row.menu}>
      {text !== '' && <CopyButton text={text} label={en.row.copy} />}
      <CopyButton text={() => momentAddress(seq)} label={en.row.copyLink} icon="link" />
    </span>
  );
}

function momentAddress(seq: number): string {
  const { origin, pathname } = window.location;
  return `${origin}${pathname}?at=${seq}`;
}
