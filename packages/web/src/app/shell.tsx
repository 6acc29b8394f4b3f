import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { Redirect, Route, Switch, useLocation, useRoute } from 'wouter';
import { ConnectionBanner } from '../features/connection/connection-banner.tsx';
import { Sidebar } from '../features/sidebar/sidebar.tsx';
import { listedSessions } from '../features/sidebar/visible-sessions.ts';
import * as en from '../text/en.ts';
import { Icon } from '../ui/icon.tsx';
import { useLiveness } from '../ui/liveness.ts';
import { isRunning, needsYou, titleOf } from '../ui/session-words.ts';
import { ToastRegion } from '../ui/toast/toast-region.tsx';
import { useStore } from '../ui/use-store.ts';
import { BottomBar } from './bottom-bar.tsx';
import { LoadingNote } from './loading-note.tsx';
import { NotFoundPage } from './not-found-page.tsx';
import { routes, titleOfPage } from './routes.tsx';
import { useServices } from './services.ts';
import { createSessionCommands } from './session-commands.ts';
import type { SessionAsk } from './session-dialogs.tsx';
import { type ShellActions, ShellActionsProvider } from './shell-actions.ts';
import { ShellFoot } from './shell-foot.tsx';
import { useSidebarShown } from './sidebar-shown.ts';
import { nextTheme } from './theme.ts';
import { useAttention } from './use-attention.ts';
import { useKontaskNews } from './use-kontask-news.ts';
import { useShellWindow } from './use-shell-window.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useUnread } from './use-unread.ts';

const ShellWindows = lazy(async () => ({ default: (await import('./shell-windows.tsx')).ShellWindows }));

/** What every page has around it: the sessions, the state of the connection, notices, windows and keys. */
export function Shell({ onSignIn, onSignOut }: { onSignIn: () => void; onSignOut: () => void }): ReactNode {
  const services = useServices();
  const { api, connection, connectionStatus, sessionList, toasts, theme } = services;
  const [location, navigate] = useLocation();
  const [isListOpen, setListOpen] = useState(false);
  const [isListShown, showList] = useSidebarShown();
  const [opened, setOpened] = useShellWindow();
  const [ask, setAsk] = useState<SessionAsk | undefined>(undefined);
  const { sessions, state } = useStore(sessionList);
  const facts = useStore(connectionStatus);
  const progress = useStore(services.loadingProgress);
  const [, params] = useRoute('/s/:sessionId');
  const currentId = params?.sessionId;
  const current = sessions.find((session) => session.sessionId === currentId);
  const unread = useUnread(currentId);
  const { unread: unreadKontasks } = useStore(services.kontaskInbox);
  useKontaskNews();
  const waiting = sessions.filter(needsYou).length;
  const { isStale } = useLiveness();
  useAttention({
    title: current === undefined ? titleOfPage(location) : titleOf(current),
    needsYou: waiting,
    // What still runs will say more.
    unread: sessions.filter((session) => unread.has(session.sessionId) && !isRunning(session)).length,
    isStale,
  });

  const closeList = useCallback(() => setListOpen(false), []);
  useEffect(() => {
    if (!isListOpen) return;
    document.querySelector<HTMLElement>('.sidebar a')?.focus();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') closeList();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [isListOpen, closeList]);

  const actions = useMemo(
    (): ShellActions => ({
      commands: createSessionCommands({ api, connection, toasts, origin: window.location.origin }),
      openPalette: () => setOpened('palette'),
      openKeys: () => setOpened('keys'),
      openMenu: (session, at) => setAsk({ kind: 'menu', sessionId: session.sessionId, at }),
      signOut: onSignOut,
      signIn: onSignIn,
    }),
    // oxlint-disable-next-line react/exhaustive-deps -- signing out and in are the same however often this is drawn
    [api, connection, toasts],
  );
  const goTo = (step: 1 | -1, among = listedSessions(sessions)): void => {
    const now = among.findIndex((session) => session.sessionId === currentId);
    const next = now === -1 ? among.at(step === 1 ? 0 : -1) : among[(now + step + among.length) % among.length];
    if (next !== undefined) navigate(`/s/${next.sessionId}`);
  };
  useShortcuts({
    palette: actions.openPalette,
    help: actions.openKeys,
    'new-session': () => navigate('/new'),
    home: () => navigate('/'),
    search: () => navigate('/search'),
    settings: () => navigate('/settings'),
    'next-session': () => goTo(1),
    'previous-session': () => goTo(-1),
    'next-needs-you': () => goTo(1, listedSessions(sessions).filter(needsYou)),
    'focus-composer': () => document.querySelector<HTMLElement>('.composer textarea')?.focus(),
    sidebar: () => showList(!isListShown),
    filter: () => {
      showList(true);
      requestAnimationFrame(() => document.querySelector<HTMLElement>('.sidebar input')?.focus());
    },
    theme: () => theme.set(nextTheme(theme.get())),
  });

  return (
    <ShellActionsProvider value={actions}>
      <div
        className={`app ${isListOpen ? 'list-open' : ''} ${isListShown ? '' : 'list-hidden'} ${isStale ? 'stale' : ''}`}
      >
        <a href="#main" className="skip-link">
          {en.app.skip}
        </a>
        <div className="rail">
          <button
            type="button"
            className="icon-button"
            aria-label={en.sidebar.expand}
            title={en.sidebar.expand}
            onClick={() => showList(true)}
          >
            <Icon name="panel" />
          </button>
        </div>
        <Sidebar
          sessions={sessions}
          state={state}
          currentId={currentId}
          unread={unread}
          onMenu={actions.openMenu}
          onRetry={() => void sessionList.refresh()}
          onNavigate={closeList}
          onHide={() => (isListOpen ? closeList() : showList(false))}
          progress={progress}
          foot={<ShellFoot actions={actions} onNavigate={closeList} />}
        />
        <main id="main" tabIndex={-1} inert={isListOpen}>
          <ConnectionBanner
            {...facts}
            onRetry={() => connection.retry()}
            onSignIn={onSignIn}
            onReload={() => void services.worker.reload()}
          />
          <Suspense fallback={<LoadingNote />}>
            <Switch>
              {routes.map(({ path, Page }) => (
                <Route key={path} path={path}>
                  {(found) => <Page params={found} />}
                </Route>
              ))}
              <Route path="/login">
                <Redirect to="/" replace />
              </Route>
              <Route>
                <NotFoundPage path={location} />
              </Route>
            </Switch>
          </Suspense>
        </main>
        <BottomBar
          location={location}
          needsYou={waiting}
          unreadKontasks={unreadKontasks}
          isListOpen={isListOpen}
          onList={() => setListOpen(!isListOpen)}
          onNavigate={closeList}
        />
        <ToastRegion toasts={toasts} />
        {(opened !== undefined || ask !== undefined) && (
          <Suspense>
            <ShellWindows opened={opened} onOpened={setOpened} ask={ask} onAsk={setAsk} current={current} />
          </Suspense>
        )}
      </div>
    </ShellActionsProvider>
  );
}
