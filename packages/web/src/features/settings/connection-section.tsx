import { type ReactNode, useState } from 'react';
import type { ConnectionState, TransportSetting } from '@konui/client';
import { enSettings } from '../../text/en-settings.ts';
import { RadioSetting, SettingGroup } from './setting-parts.tsx';

interface ConnectionSectionProps {
  readonly connection: ConnectionState;
  readonly setting: TransportSetting;
  readonly onSetting: (setting: TransportSetting) => void;
  readonly onReload: () => void;
}

export function ConnectionSection({ connection, setting, onSetting, onReload }: ConnectionSectionProps): ReactNode {
  const words = enSettings.connection;
  const [chosen, setChosen] = useState(setting);
  return (
    <>
      <SettingGroup title={words.now}>
        <p role="status">{words.states[connection.state === 'live' ? connection.transport : 'down']}</p>
        {connection.state === 'live' && <p className="soft">{words.version(connection.hello.serverVersion)}</p>}
      </SettingGroup>
      <RadioSetting
        title={words.transport}
        options={['auto', 'websocket', 'sse']}
        words={words.transports}
        value={chosen}
        onChange={(next) => {
          setChosen(next);
          onSetting(next);
        }}
      />
      {chosen !== setting && (
        <div className="setting-actions">
          <button type="button" className="button primary" onClick={onReload}>
            {words.reload}
          </button>
        </div>
      )}
    </>
  );
}
