import { lazy, type ReactNode } from 'react';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';

const SessionPage = lazy(async () => ({ default: (await import('../session/session-page.tsx')).SessionPage }));

export function SessionRoute({ params }: { params: Readonly<Record<string, string | undefined>> }): ReactNode {
  const services = useServices();
  const { sessions } = useStore(services.sessionList);
  const sessionId = params['sessionId'] ?? '';
  const session = sessions.find((each) => each.sessionId === sessionId);
  return <SessionPage key={sessionId} services={services} sessionId={sessionId} session={session} />;
}
