import { lazy, type ReactNode, Suspense, useCallback, useContext, useEffect, useState } from 'react';
import { SECTIONS, type SectionName, toSection } from '../features/settings/sections.ts';
import { SettingsPage } from '../features/settings/settings-page.tsx';
import { NOTIFICATION_KINDS } from '../features/notifications/notification-kinds.ts';
import { enSettings } from '../text/en-settings.ts';
import { titleOf } from '../ui/session-words.ts';
import { useNow } from '../ui/use-now.ts';
import { useStore } from '../ui/use-store.ts';
import type { Background } from './background.ts';
import { SignOutContext, useServices } from './services.ts';
import { SHORTCUTS } from './shortcuts.ts';
import { rights } from '../text/en.ts';
import { useOwnRights } from '../ui/own-rights.ts';

const AppearanceSection = lazy(async () => ({
  default: (await import('../features/settings/appearance-section.tsx')).AppearanceSection,
}));
const NotificationsSection = lazy(async () => ({
  default: (await import('../features/settings/notifications-section.tsx')).NotificationsSection,
}));
const KeyboardSection = lazy(async () => ({
  default: (await import('../features/settings/keyboard-section.tsx')).KeyboardSection,
}));
const AccessSection = lazy(async () => ({
  default: (await import('../features/settings/access/access-section.tsx')).AccessSection,
}));
const AgentsSection = lazy(async () => ({
  default: (await import('../features/settings/agents/agents-section.tsx')).AgentsSection,
}));
const HandOverSection = lazy(async () => ({
  default: (await import('../features/settings/hand-over/hand-over-section.tsx')).HandOverSection,
}));
const ConnectionSection = lazy(async () => ({
  default: (await import('../features/settings/connection-section.tsx')).ConnectionSection,
}));
const AboutSection = lazy(async () => ({
  default: (await import('../features/settings/about-section.tsx')).AboutSection,
}));

/** Settings: the list, and the section that the address names. */
export function SettingsRoute({ params }: { params: Readonly<Record<string, string | undefined>> }): ReactNode {
  const section = toSection(params['section']);
  return (
    <SettingsPage section={section}>
      <Suspense
        fallback={
          <p className="soft" role="status">
            {enSettings.loading}
          </p>
        }
      >
        <Section name={section ?? SECTIONS[0]} />
      </Suspense>
    </SettingsPage>
  );
}

function Section({ name }: { name: SectionName }): ReactNode {
  const may = useOwnRights();
  switch (name) {
    case 'appearance':
      return <Appearance />;
    case 'notifications':
      return <NotificationChoices />;
    case 'keyboard':
      return <Keyboard />;
    case 'access':
      return may.manage ? <AccessTokens /> : <NotAllowed />;
    case 'agents':
      return may.manage ? <Agents /> : <NotAllowed />;
    case 'hand-over':
      return may.manage ? <HandOver /> : <NotAllowed />;
    case 'connection':
      return <ConnectionChoices />;
    case 'about':
      return <About />;
  }
}

function NotAllowed(): ReactNode {
  return <p className="soft">{rights.noManage}</p>;
}

function Appearance(): ReactNode {
  const { theme, appearance } = useServices();
  return (
    <AppearanceSection
      theme={useStore(theme)}
      {...useStore(appearance)}
      onTheme={(next) => theme.set(next)}
      onDensity={(density) => appearance.set({ density })}
      onWrapping={(isWrapping) => appearance.set({ isWrapping })}
    />
  );
}

/** What runs in the background is there a moment after the page. */
function useBackground(): Background | undefined {
  const { background } = useServices();
  const [started, setStarted] = useState<Background>();
  useEffect(() => void background.get().then(setStarted), [background]);
  return started;
}

function NotificationChoices(): ReactNode {
  const background = useBackground();
  return background === undefined ? null : <NotificationChoicesOf notifications={background.notifications} />;
}

function NotificationChoicesOf({ notifications }: Pick<Background, 'notifications'>): ReactNode {
  return (
    <NotificationsSection
      {...useStore(notifications)}
      kinds={NOTIFICATION_KINDS}
      onSwitchOn={notifications.switchOn}
      onSwitchOff={notifications.switchOff}
      onChoose={notifications.choose}
      onTest={notifications.test}
    />
  );
}

function Keyboard(): ReactNode {
  const { singleKeys } = useServices();
  return (
    <KeyboardSection
      shortcuts={SHORTCUTS}
      areSingleKeysOn={useStore(singleKeys)}
      onSingleKeys={(isOn) => singleKeys.set(isOn)}
    />
  );
}

function AccessTokens(): ReactNode {
  const { sessionList } = useServices();
  const background = useBackground();
  const nowMs = useNow(30_000);
  const signOut = useContext(SignOutContext);
  const places = useStore(sessionList).sessions.map((session) => ({
    sessionId: session.sessionId,
    title: titleOf(session),
    projectPath: session.projectPath,
  }));
  if (background === undefined) return null;
  return (
    <AccessSection
      api={background.settingsApi.accessTokens}
      places={places}
      origin={window.location.origin}
      nowMs={nowMs}
      onOwnRevoked={signOut}
    />
  );
}

function Agents(): ReactNode {
  const { api } = useServices();
  const loadAgents = useCallback(() => api.providers(), [api]);
  return <AgentsSection loadAgents={loadAgents} api={api.agents} />;
}

function HandOver(): ReactNode {
  const { api, sessionList } = useServices();
  const background = useBackground();
  const loadAgents = useCallback(() => api.providers(), [api]);
  const projects = [...new Set(useStore(sessionList).sessions.map(({ projectPath }) => projectPath))];
  if (background === undefined) return null;
  return <HandOverSection api={background.settingsApi.handOver} loadAgents={loadAgents} projects={projects} />;
}

function ConnectionChoices(): ReactNode {
  const { connectionStatus, transport, worker } = useServices();
  return (
    <ConnectionSection
      connection={useStore(connectionStatus).connection}
      setting={transport.read()}
      onSetting={(setting) => transport.write(setting)}
      onReload={() => void worker.reload()}
    />
  );
}

function About(): ReactNode {
  const { connectionStatus, offline } = useServices();
  const signOut = useContext(SignOutContext);
  const { connection } = useStore(connectionStatus);
  const hello = connection.state === 'live' ? connection.hello : undefined;
  const page = document.querySelector<HTMLMetaElement>('meta[name="konui-build"]')?.content;
  return (
    <AboutSection
      versions={{ server: hello?.serverVersion, protocol: hello?.protocolVersion, page }}
      loadUsage={offline.usage}
      onClear={offline.clear}
      onSignOut={signOut}
    />
  );
}
