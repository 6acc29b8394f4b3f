import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';

/** In the composer's place, where this sign-in may not send prompts. */
export function ReadOnlyNote(): ReactNode {
  return (
    <p className="composer-closed soft" data-testid="read-only">
      {en.rights.noPrompt}
    </p>
  );
}
