import { type ReactNode, useState } from 'react';
import { enSettings } from '../../text/en-settings.ts';
import { LoadedView, SettingGroup, useLoaded } from './setting-parts.tsx';

export interface Versions {
  readonly server: string | undefined;
  readonly protocol: number | undefined;
  /** The build that the page is of. */
  readonly page: string | undefined;
}

interface AboutSectionProps {
  readonly versions: Versions;
  readonly loadUsage: () => Promise<{ readonly sessions: number; readonly bytes: number }>;
  readonly onClear: () => Promise<void>;
  readonly onSignOut: () => void;
}

export function AboutSection({ versions, loadUsage, onClear, onSignOut }: AboutSectionProps): ReactNode {
  const words = enSettings.about;
  const { loaded, reload } = useLoaded(loadUsage);
  const [isCleared, setCleared] = useState(false);
  const clear = async (): Promise<void> => {
    await onClear();
    setCleared(true);
    reload();
  };
  return (
    <>
      <dl className="setting-facts">
        <Fact name={words.server} value={versions.server} />
        <Fact name={words.protocol} value={versions.protocol?.toString()} />
        <Fact name={words.page} value={versions.page} />
      </dl>
      <p>
        <a href="https://spdx.org/licenses/MIT.html" target="_blank" rel="noreferrer">
          {words.licence}
        </a>
      </p>
      <SettingGroup title={words.offline}>
        <LoadedView loaded={loaded} onReload={reload}>
          {({ sessions, bytes }) => (
            <div className="setting-actions">
              <span>{bytes === 0 ? words.nothingKept : words.kept(sessions, sizeText(bytes))}</span>
              <button type="button" className="button" disabled={bytes === 0} onClick={() => void clear()}>
                {words.clear}
              </button>
              <span role="status" className="soft">
                {isCleared ? words.cleared : ''}
              </span>
            </div>
          )}
        </LoadedView>
      </SettingGroup>
      <SettingGroup title={words.signOut}>
        <p className="soft">{words.signOutLead}</p>
        <div className="setting-actions">
          <button type="button" className="button danger" onClick={onSignOut}>
            {words.signOut}
          </button>
        </div>
      </SettingGroup>
    </>
  );
}

function Fact({ name, value }: { name: string; value: string | undefined }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value ?? enSettings.about.unknown}</dd>
    </div>
  );
}

function sizeText(bytes: number): string {
  const kilobytes = Math.ceil(bytes / 1024);
  return kilobytes < 1024
    ? enSettings.about.kilobytes(kilobytes)
    : enSettings.about.megabytes((kilobytes / 1024).toFixed(1));
}
