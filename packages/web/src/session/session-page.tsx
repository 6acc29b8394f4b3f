import { type ReactNode, useCallback, useEffect, useMemo, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { Link } from 'wouter';
import * as en from '../text/en.ts';
import { AttachmentContext } from '../ui/attachments.ts';
import { LivenessProvider, useLiveness } from '../ui/liveness.ts';
import { useStore } from '../ui/use-store.ts';
import { OpenSession } from './open-session.tsx';
import type { SessionServices } from './session-services.ts';
import { useDocks } from './use-docks.ts';

interface SessionPageProps {
  readonly services: SessionServices;
  readonly sessionId: string;
  readonly session: SessionInfo | undefined;
}

/** A conversation: transcript, what waits above the composer, composer. */
export function SessionPage({ services, sessionId, session }: SessionPageProps): ReactNode {
  const { api, conversations } = services;
  const [store] = useState(() => conversations.of(sessionId));
  useEffect(() => store.open(), [store]);
  const { Docks, view } = useDocks(services, useStore(store), session);
  const pageLiveness = useLiveness();
  const { isFromCache, lastSignMs } = view;
  const liveness = useMemo(
    () => (isFromCache ? { knownUntilMs: lastSignMs, isStale: true } : pageLiveness),
    [isFromCache, lastSignMs, pageLiveness],
  );
  const fetchAttachment = useCallback((sha256: string) => api.sessions.attachment(sessionId, sha256), [api, sessionId]);

  if (view.phase === 'missing' || view.phase === 'gone') {
    return (
      <div className="page">
        <h1>{view.phase === 'gone' ? en.conversation.gone : en.conversation.notFound}</h1>
        <p>
          <Link href="/" className="button">
            {en.conversation.backHome}
          </Link>
        </p>
      </div>
    );
  }
  return (
    <AttachmentContext.Provider value={fetchAttachment}>
      <LivenessProvider value={liveness}>
        <OpenSession
          services={services}
          sessionId={sessionId}
          session={session}
          store={store}
          view={view}
          Docks={Docks}
        />
      </LivenessProvider>
    </AttachmentContext.Provider>
  );
}
