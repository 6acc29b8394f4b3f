import { lazy, type ReactNode, useMemo } from 'react';
import { useStore } from '../ui/use-store.ts';
import { useLazyValue } from '../ui/lazy-value.ts';
import { LoadingNote } from './loading-note.tsx';
import { useServices } from './services.ts';

const SessionPage = lazy(async () => ({ default: (await import('../session/session-page.tsx')).SessionPage }));

export function SessionRoute({ params }: { params: Readonly<Record<string, string | undefined>> }): ReactNode {
  const services = useServices();
  const parts = useLazyValue(services.sessionParts);
  const withParts = useMemo(() => (parts === undefined ? undefined : { ...services, ...parts }), [services, parts]);
  const { sessions } = useStore(services.sessionList);
  const sessionId = params['sessionId'] ?? '';
  const session = sessions.find((each) => each.sessionId === sessionId);
  if (withParts === undefined) return <LoadingNote />;
  return <SessionPage key={sessionId} services={withParts} sessionId={sessionId} session={session} />;
}
