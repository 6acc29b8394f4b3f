import type { ReactNode } from 'react';
import { defineGallery } from '../../gallery/define-gallery.ts';
import { AboutSection } from './about-section.tsx';
import { AppearanceSection } from './appearance-section.tsx';
import { ConnectionSection } from './connection-section.tsx';
import { KeyboardSection } from './keyboard-section.tsx';
import { NotificationsSection } from './notifications-section.tsx';
import type { SectionName } from './sections.ts';
import { SettingsPage } from './settings-page.tsx';

const nothing = (): void => undefined;
const later = (): Promise<void> => Promise.resolve();
const kinds = ['permissions', 'questions', 'finished', 'limits', 'kontasks'] as const;
const choice = { permissions: true, questions: true, finished: true, limits: false, kontasks: true };

function page(section: SectionName | undefined, content: ReactNode): () => ReactNode {
  return () => (
    <main className="gallery-page">
      <SettingsPage section={section}>{content}</SettingsPage>
    </main>
  );
}

const appearance = (
  <AppearanceSection
    theme="system"
    density="comfortable"
    isWrapping
    onTheme={nothing}
    onDensity={nothing}
    onWrapping={nothing}
  />
);

function notifications(
  now: Parameters<typeof NotificationsSection>[0]['now'],
  more: { isBusy?: boolean; problem?: string } = {},
): () => ReactNode {
  return page(
    'notifications',
    <NotificationsSection
      now={now}
      kinds={kinds}
      choice={choice}
      isBusy={more.isBusy ?? false}
      problem={more.problem}
      onSwitchOn={later}
      onSwitchOff={later}
      onChoose={later}
      onTest={later}
    />,
  );
}

function about(usage: { sessions: number; bytes: number }): () => ReactNode {
  return page(
    'about',
    <AboutSection
      versions={{ server: '1.2.0', protocol: 1, page: '0bb9e52fede74dae' }}
      loadUsage={() => Promise.resolve(usage)}
      onClear={later}
      onSignOut={nothing}
    />,
  );
}

export const gallery = defineGallery({
  name: 'settings-page',
  isAlone: true,
  states: {
    list: page(undefined, appearance),
    appearance: page('appearance', appearance),
    'notifications-off': notifications({ state: 'off' }),
    'notifications-busy': notifications({ state: 'off' }, { isBusy: true }),
    'notifications-on': notifications({ state: 'on', reach: 'push' }),
    'notifications-open-page': notifications({ state: 'on', reach: 'open-page' }, { problem: 'no answer' }),
    'notifications-blocked': notifications({ state: 'blocked' }),
    'notifications-insecure': notifications({ state: 'insecure' }),
    'notifications-unsupported': notifications({ state: 'unsupported' }),
    keyboard: page(
      'keyboard',
      <KeyboardSection
        shortcuts={[
          { does: 'palette', keys: ['Mod+k'], group: 'go' },
          { does: 'home', keys: ['g h'], group: 'go' },
          { does: 'stop', keys: ['Escape'], group: 'session' },
          { does: 'allow', keys: ['y'], group: 'answer' },
          { does: 'help', keys: ['?'], group: 'page' },
        ]}
        areSingleKeysOn
        onSingleKeys={nothing}
      />,
    ),
    connection: page(
      'connection',
      <ConnectionSection
        connection={{ state: 'disconnected', reason: 'no answer' }}
        setting="auto"
        onSetting={nothing}
        onReload={nothing}
      />,
    ),
    about: about({ sessions: 12, bytes: 340_000 }),
    'about-nothing-kept': about({ sessions: 0, bytes: 0 }),
  },
});
