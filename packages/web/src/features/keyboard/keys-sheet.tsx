import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { ShortcutKeys } from '../../ui/shortcut-keys.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';

const GROUPS = ['go', 'session', 'answer', 'page'] as const;

interface KeysSheetProps {
  readonly shortcuts: readonly Shortcut<keyof typeof en.keys.does>[];
  readonly areSingleKeysOn: boolean;
  readonly onSingleKeys: (isOn: boolean) => void;
  readonly onClose: () => void;
}

/** Every key of the app, and the switch for those that are pressed alone. */
export function KeysSheet({ shortcuts, areSingleKeysOn, onSingleKeys, onClose }: KeysSheetProps): ReactNode {
  return (
    <Dialog title={en.keys.title} onClose={onClose} shape="wide">
      <div className="keys-groups">
        {GROUPS.map((group) => (
          <section key={group} aria-label={en.keys.group[group]}>
            <h3>{en.keys.group[group]}</h3>
            <dl>
              {shortcuts
                .filter((shortcut) => shortcut.group === group)
                .map((shortcut) => (
                  <div key={shortcut.does} className="keys-row">
                    <dt>{en.keys.does[shortcut.does]}</dt>
                    <dd>
                      <ShortcutKeys shortcut={shortcut} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="keys-switch">
        <input
          type="checkbox"
          checked={areSingleKeysOn}
          onChange={(event) => onSingleKeys(event.currentTarget.checked)}
        />
        <span>
          {en.keys.single}
          <span className="soft">{en.keys.singleHint}</span>
        </span>
      </label>
    </Dialog>
  );
}
