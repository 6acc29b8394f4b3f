import { type ReactNode, useMemo } from 'react';
import { useSearch } from 'wouter';
import { ApprovePage } from '../features/approve/approve-page.tsx';
import { ApproveRequest } from '../session/approve-request.tsx';
import { useStore } from '../ui/use-store.ts';
import { useLazyValue } from '../ui/lazy-value.ts';
import { LoadingNote } from './loading-note.tsx';
import { useServices } from './services.ts';

/** `/approve/:request?session=`: where a notification leads. */
export function ApproveRoute({ params }: { params: Readonly<Record<string, string | undefined>> }): ReactNode {
  const services = useServices();
  const parts = useLazyValue(services.sessionParts);
  const withParts = useMemo(() => (parts === undefined ? undefined : { ...services, ...parts }), [services, parts]);
  const { sessions } = useStore(services.sessionList);
  const sessionId = new URLSearchParams(useSearch()).get('session') ?? '';
  const requestId = params['request'] ?? '';
  const session = sessions.find((each) => each.sessionId === sessionId);
  if (sessionId === '')
    return <ApprovePage approval={{ state: 'missing' }} context={undefined} sessionId={undefined} />;
  if (withParts === undefined) return <LoadingNote />;
  const key = `${sessionId} ${requestId}`;
  return (
    <ApproveRequest key={key} services={withParts} requestId={requestId} sessionId={sessionId} session={session} />
  );
}
