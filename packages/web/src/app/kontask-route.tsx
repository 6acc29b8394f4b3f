import { type ReactNode, useCallback } from 'react';
import { useLocation } from 'wouter';
import { KontaskPage } from '../features/kontasks/kontask-page.tsx';
import { folderName } from '../ui/session-words.ts';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';
import { useKontaskLayouts } from './use-kontask-layouts.ts';

/** `/kontasks/:id`: a report or a request. */
export function KontaskRoute({ params }: { params: Readonly<Record<string, string | undefined>> }): ReactNode {
  const { api, kontasks, kontaskInbox, sessionList } = useServices();
  const { sessions, state: sessionsState } = useStore(sessionList);
  const [, navigate] = useLocation();
  const kontaskId = params['id'] ?? '';
  const { layouts } = useKontaskLayouts();
  const reportAddress = useCallback(
    async (id: string) => {
      const { ticket } = await api.createTicket();
      return `/api/kontasks/${encodeURIComponent(id)}/report?ticket=${encodeURIComponent(ticket)}`;
    },
    [api],
  );
  return (
    <KontaskPage
      key={kontaskId}
      kontaskId={kontaskId}
      api={kontasks}
      inbox={kontaskInbox}
      sessions={sessions}
      sessionsState={sessionsState}
      createSession={async (provider, projectPath) => (await api.sessions.create({ provider, projectPath })).sessionId}
      reportAddress={reportAddress}
      layouts={layouts}
      scopes={[...new Set(sessions.map(({ projectPath }) => folderName(projectPath)))].toSorted()}
      onRemoved={() => navigate('/kontasks', { replace: true })}
    />
  );
}
