import { Fragment, type ReactNode } from 'react';
import * as en from '../text/en.ts';
import { KeyCaps } from './key-caps.tsx';
import type { Shortcut } from './shortcuts.ts';

/** Every key that does the same: one or another, or a row of them. */
export function ShortcutKeys({ shortcut: { keys, isRange = false } }: { shortcut: Shortcut }): ReactNode {
  return keys.map((each, index) => (
    <Fragment key={each}>
      {index > 0 && <span className="soft"> {isRange ? en.keys.to : en.keys.or} </span>}
      <KeyCaps keys={each} />
    </Fragment>
  ));
}
