import type { ReactNode } from 'react';
import * as en from '../text/en.ts';

/** Stands in for a page whose code is on its way. */
export function LoadingNote(): ReactNode {
  return (
    <p className="soft empty-note" role="status">
      {en.conversation.loading}
    </p>
  );
}
