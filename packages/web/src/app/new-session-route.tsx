import { type ReactNode, useCallback, useState } from 'react';
import { newId, SessionId } from '@konui/protocol';
import { useLocation, useSearch } from 'wouter';
import { NewSessionPage } from '../features/new-session/new-session-page.tsx';
import { recentFolders } from '../features/new-session/recent-folders.ts';
import { useStore } from '../ui/use-store.ts';
import { useServices } from './services.ts';
import * as en from '../text/en.ts';
import { useOwnRights } from '../ui/own-rights.ts';

/** `/new`, or `/new?project=<folder>`. */
export function NewSessionRoute(): ReactNode {
  const folder = new URLSearchParams(useSearch()).get('project') ?? undefined;
  const { api, sessionList } = useServices();
  const may = useOwnRights();
  const { sessions } = useStore(sessionList);
  const [, navigate] = useLocation();
  // One id for one visit of the page: pressing the button again after a lost answer makes no second session.
  const [sessionId] = useState(() => newId(SessionId));
  const loadAgents = useCallback(() => api.providers(), [api]);
  const listFolders = useCallback((path: string | undefined) => api.folders(path), [api]);
  const create = async (provider: string, projectPath: string): Promise<void> => {
    const session = await api.sessions.create({ provider, projectPath, sessionId });
    navigate(`/s/${session.sessionId}`);
  };
  if (!may.prompt) return <p className="page soft">{en.rights.noNewSession}</p>;
  return (
    <NewSessionPage
      key={folder}
      loadAgents={loadAgents}
      listFolders={listFolders}
      createFolder={async (path) => void (await api.createFolder(path))}
      recentFolders={recentFolders(sessions)}
      folder={folder}
      lastAgent={sessions[0]?.provider}
      create={create}
    />
  );
}
