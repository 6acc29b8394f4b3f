import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { enSettings } from '../../text/en-settings.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { type SectionName, SECTIONS } from './sections.ts';

const ICONS: Readonly<Record<SectionName, IconName>> = {
  appearance: 'theme',
  notifications: 'bubble',
  keyboard: 'key',
  access: 'link',
  agents: 'terminal',
  'hand-over': 'inbox',
  connection: 'globe',
  about: 'file',
};

interface SettingsPageProps {
  /** Undefined on a phone's list of sections; elsewhere the list then stands beside the first. */
  readonly section: SectionName | undefined;
  readonly children: ReactNode;
}

/** The sections on the left and one of them beside; on a phone the list first, then the section. */
export function SettingsPage({ section, children }: SettingsPageProps): ReactNode {
  const shown = section ?? SECTIONS[0];
  return (
    <div className="page-scroll">
      <div className={`settings ${section === undefined ? 'at-list' : ''}`}>
        <nav className="settings-nav" aria-label={enSettings.title}>
          <h1>{enSettings.title}</h1>
          <ul>
            {SECTIONS.map((name) => (
              <li key={name}>
                <Link
                  href={`/settings/${name}`}
                  className="settings-link"
                  aria-current={name === shown ? 'page' : undefined}
                >
                  <Icon name={ICONS[name]} />
                  <span>
                    {enSettings.sections[name].title}
                    <span className="soft">{enSettings.sections[name].lead}</span>
                  </span>
                  <Icon name="chevron" />
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <div className="settings-section">
          <Link href="/settings" className="button subtle settings-back">
            {enSettings.back}
          </Link>
          <h2>{enSettings.sections[shown].title}</h2>
          {children}
        </div>
      </div>
    </div>
  );
}
