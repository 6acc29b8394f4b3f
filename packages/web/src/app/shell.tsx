import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { NewSessionPage } from '../features/new-session/new-session-page.tsx';
import { recentFolders } from '../features/new-session/recent-folders.ts';
import { Sidebar } from '../features/sidebar/sidebar.tsx';
import { StartPage } from '../features/start/start-page.tsx';
import { en } from '../text/en.ts';
import { Icon } from '../ui/icon.tsx';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';
import { useAttention } from './use-attention.ts';

const SessionPage = lazy(async () => ({ default: (await import('../session/session-page.tsx')).SessionPage }));

/** What every page has around it: sessions on the left (a drawer on the phone) and the state of the connection. */
export function Shell({ onSignIn, onSignOut }: { onSignIn: () => void; onSignOut: () => void }): ReactNode {
  const services = useServices();
  const { connection, connectionStatus, sessionList } = services;
  const [location] = useLocation();
  const [isNavOpen, setNavOpen] = useState(false);
  const { sessions, state } = useStore(sessionList);
  const facts = useStore(connectionStatus);
  const currentId = /^\/s\/([^/]+)/.exec(location)?.[1];
  const current = sessions.find((session) => session.sessionId === currentId);
  useAttention(sessions, current);

  const closeNav = useCallback(() => setNavOpen(false), []);
  useEffect(() => {
    if (!isNavOpen) return;
    document.querySelector<HTMLElement>('.sidebar a')?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') closeNav();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isNavOpen, closeNav]);

  return (
    <div className={`app ${isNavOpen ? 'nav-open' : ''}`}>
      <a href="#main" className="skip-link">
        {en.app.skip}
      </a>
      <button
        type="button"
        className="icon-button nav-button"
        aria-label={en.nav.open}
        aria-expanded={isNavOpen}
        onClick={() => setNavOpen(true)}
      >
        <Icon name="menu" />
      </button>
      <Sidebar sessions={sessions} state={state} currentId={currentId} onNavigate={closeNav} onSignOut={onSignOut} />
      <button type="button" className="nav-backdrop" aria-label={en.nav.close} onClick={closeNav} />
      <main id="main" tabIndex={-1} inert={isNavOpen}>
        <ConnectionBanner
          {...facts}
          onRetry={() => connection.retry()}
          onSignIn={onSignIn}
          onReload={() => window.location.reload()}
        />
        <Suspense
          fallback={
            <p className="soft empty-note" role="status">
              {en.conversation.loading}
            </p>
          }
        >
          <Switch>
            <Route path="/">
              <StartPage sessions={sessions} state={state} />
            </Route>
            <Route path="/new">
              <NewSession />
            </Route>
            <Route path="/s/:sessionId">
              {({ sessionId }) => (
                <SessionPage key={sessionId} services={services} sessionId={sessionId} session={current} />
              )}
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </main>
    </div>
  );
}

function NewSession(): ReactNode {
  const { api, sessionList, newKey } = useServices();
  const { sessions } = useStore(sessionList);
  const [, navigate] = useLocation();
  // One id for one visit of the page: pressing the button again after a lost answer makes no second session.
  const [sessionId] = useState(newKey);
  const loadAgents = useCallback(() => api.providers(), [api]);
  const listFolders = useCallback((path: string | undefined) => api.folders(path), [api]);
  const create = async (provider: string, projectPath: string): Promise<void> => {
    const session = await api.sessions.create({ provider, projectPath, sessionId });
    navigate(`/s/${session.sessionId}`);
  };
  return (
    <NewSessionPage
      loadAgents={loadAgents}
      listFolders={listFolders}
      recentFolders={recentFolders(sessions)}
      lastAgent={sessions[0]?.provider}
      create={create}
    />
  );
}
