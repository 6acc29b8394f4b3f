import { type ReactNode, Suspense, useCallback, useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { Sidebar } from '../features/sidebar/sidebar.tsx';
import { en } from '../text/en.ts';
import { Icon } from '../ui/icon.tsx';
import { ToastRegion } from '../ui/toast/toast-region.tsx';
import { useStore } from '../ui/use-store.ts';
import { routes } from './routes.tsx';
import { useServices } from './services.ts';
import { useAttention } from './use-attention.ts';

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
            {routes.map(({ path, Page }) => (
              <Route key={path} path={path}>
                {(params) => <Page params={params} />}
              </Route>
            ))}
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Suspense>
      </main>
      <ToastRegion toasts={services.toasts} />
    </div>
  );
}
