import { type ReactNode, useCallback, useState } from 'react';
import { newId, SessionId } from '@konui/protocol';
import { useLocation } from 'wouter';
import { recentFolders } from '../features/new-session/recent-folders.ts';
import { SetupPage, type SetupPageProps } from '../features/new-session/setup-page.tsx';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';

export function SetupRoute(): ReactNode {
  const { api, connection, sessionList } = useServices();
  const { sessions } = useStore(sessionList);
  const [, navigate] = useLocation();
  // One id for one visit of the page: pressing the button again after a lost answer makes no second session.
  const [sessionId] = useState(() => newId(SessionId));
  const loadAgents = useCallback(() => api.providers(), [api]);
  const listFolders = useCallback((path: string | undefined) => api.folders(path), [api]);
  const start: SetupPageProps['start'] = async ({ provider, projectPath, prompt }) => {
    await api.sessions.create({ provider, projectPath, sessionId });
    if (prompt !== '') connection.send(sessionId, prompt);
    navigate(`/s/${sessionId}`);
  };
  return (
    <SetupPage
      loadAgents={loadAgents}
      listFolders={listFolders}
      createFolder={async (path) => void (await api.createFolder(path))}
      recentFolders={recentFolders(sessions)}
      start={start}
    />
  );
}
