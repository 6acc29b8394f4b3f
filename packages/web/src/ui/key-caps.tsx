import { type ReactNode } from 'react';
import { type Keys, keyCaps } from './shortcuts.ts';

/** A shortcut as keys of this machine's keyboard. */
export function KeyCaps({ keys }: { keys: Keys }): ReactNode {
  const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);
  return (
    <span className="key-caps">
      {keyCaps(keys, isMac).map((cap, index) => (
        <kbd key={index}>{cap}</kbd>
      ))}
    </span>
  );
}
