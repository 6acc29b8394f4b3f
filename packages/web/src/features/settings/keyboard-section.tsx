import type { ReactNode } from 'react';
import * as en from '../../text/en.ts';
import { enSettings } from '../../text/en-settings.ts';
import { ShortcutKeys } from '../../ui/shortcut-keys.tsx';
import type { Shortcut } from '../../ui/shortcuts.ts';
import { SettingGroup, SwitchSetting } from './setting-parts.tsx';

const GROUPS = ['go', 'session', 'answer', 'page'] as const;

interface KeyboardSectionProps {
  readonly shortcuts: readonly Shortcut<keyof typeof en.keys.does>[];
  readonly areSingleKeysOn: boolean;
  readonly onSingleKeys: (isOn: boolean) => void;
}

export function KeyboardSection({ shortcuts, areSingleKeysOn, onSingleKeys }: KeyboardSectionProps): ReactNode {
  const { single, singleHint } = enSettings.keyboard;
  return (
    <>
      <SwitchSetting label={single} hint={singleHint} isOn={areSingleKeysOn} onChange={onSingleKeys} />
      {GROUPS.map((group) => (
        <SettingGroup key={group} title={en.keys.group[group]}>
          <dl className="setting-keys">
            {shortcuts
              .filter((shortcut) => shortcut.group === group)
              .map((shortcut) => (
                <div key={shortcut.does}>
                  <dt>{en.keys.does[shortcut.does]}</dt>
                  <dd>
                    <ShortcutKeys shortcut={shortcut} />
                  </dd>
                </div>
              ))}
          </dl>
        </SettingGroup>
      ))}
    </>
  );
}
