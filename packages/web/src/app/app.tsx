import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import type { TokenStorage } from '../features/sign-in/token-storage.ts';
import { type Services, ServicesProvider, SignOutContext } from './services.ts';
import { Shell } from './shell.tsx';
import { AgentNamesProvider } from '../ui/agent-names.ts';
import { LivenessProvider } from '../ui/liveness.ts';
import { OwnRightsProvider } from '../ui/own-rights.ts';
import { useStore } from '../ui/use-store.ts';

const SignInPage = lazy(async () => ({ default: (await import('../features/sign-in/sign-in-page.tsx')).SignInPage }));
const GalleryPage = lazy(async () => ({ default: (await import('../gallery/gallery-page.tsx')).GalleryPage }));

interface AppProps {
  readonly token: TokenStorage;
  readonly startServices: () => Services;
  /** Asks the gateway whether it takes a token. */
  readonly checkToken: (token: string) => Promise<'ok' | 'refused' | 'unreachable'>;
  /** Calls the listener when a token was stored by other means: a link opened in this tab, another tab. */
  readonly onTokenStored: (listener: () => void) => () => void;
}

/** The gallery of components, or the app. */
export function App(props: AppProps): ReactNode {
  return (
    <Switch>
      <Route path="/dev/gallery/*?">
        <Suspense>
          <GalleryPage />
        </Suspense>
      </Route>
      <Route>
        <SignedInOrOut {...props} />
      </Route>
    </Switch>
  );
}

/** Signed in or not; everything else is the shell's. */
function SignedInOrOut(props: AppProps): ReactNode {
  const { token, startServices, onTokenStored } = props;
  const [services, setServices] = useState<Services | undefined>(() =>
    token.read() === undefined ? undefined : startServices(),
  );
  const [location, navigate] = useLocation();
  const [returnTo, setReturnTo] = useState(location === '/login' ? '/' : location);
  const [isRefused, setRefused] = useState(false);

  useEffect(
    () =>
      onTokenStored(() => {
        if (token.read() === undefined) return;
        if (services === undefined) setServices(startServices());
        else services.connection.retry();
      }),
    [onTokenStored, services, startServices, token],
  );

  const signOut = (refused: boolean): void => {
    services?.close();
    // An expired sign-in is renewed by the same person; who signs out leaves nothing to read behind.
    if (!refused) void services?.background.get().then(({ notifications }) => notifications.forget());
    if (!refused) void services?.offline.end();
    setServices(undefined);
    setRefused(refused);
    setReturnTo(refused ? location : '/');
    token.clear();
    navigate('/login');
  };
  const signIn = async (entered: string): Promise<'ok' | 'refused' | 'unreachable'> => {
    const outcome = await props.checkToken(entered);
    if (outcome !== 'ok') return outcome;
    token.write(entered);
    setServices(startServices());
    navigate(returnTo, { replace: true });
    return 'ok';
  };

  if (services === undefined) {
    return (
      <Switch>
        <Route path="/login">
          <Suspense>
            <SignInPage isRefused={isRefused} signIn={signIn} />
          </Suspense>
        </Route>
        <Route>
          <Redirect to="/login" replace />
        </Route>
      </Switch>
    );
  }
  return (
    <ServicesProvider value={services}>
      <SignOutContext.Provider value={() => signOut(false)}>
        <WithKnowledge services={services}>
          <Shell onSignIn={() => signOut(true)} onSignOut={() => signOut(false)} />
        </WithKnowledge>
      </SignOutContext.Provider>
    </ServicesProvider>
  );
}

/** What every component may ask for: what this person may do, what agents are called, and whether what is shown is so now. */
function WithKnowledge({ services, children }: { services: Services; children: ReactNode }): ReactNode {
  return (
    <OwnRightsProvider value={useStore(services.ownRights)}>
      <AgentNamesProvider value={useStore(services.agentNames)}>
        <LivenessProvider value={useStore(services.liveness)}>{children}</LivenessProvider>
      </AgentNamesProvider>
    </OwnRightsProvider>
  );
}
