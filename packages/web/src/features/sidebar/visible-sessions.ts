import type { SessionInfo } from '@konui/protocol';
import { agentName, type AgentNames } from '../../ui/agent-names.ts';
import { byLastTurn, isRunning, isShelved, needsYou, titleOf } from '../../ui/session-words.ts';

export type SidebarView = 'all' | 'running' | 'archived';

export interface SessionFilter {
  readonly search: string;
  readonly view: SidebarView;
  /** An agent is found by its id and by what it is called. */
  readonly agentNames: AgentNames;
}

/** The sessions that match, those of the latest turn first; every word of the search must stand in title, folder or agent. */
export function visibleSessions(sessions: readonly SessionInfo[], filter: SessionFilter): readonly SessionInfo[] {
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return sessions
    .filter((session) => isInView(session, filter.view))
    .filter((session) => {
      const agent = `${session.provider} ${agentName(filter.agentNames, session.provider)}`;
      const text = `${titleOf(session)} ${session.projectPath} ${agent}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted(byLastTurn);
}

function isInView(session: SessionInfo, view: SidebarView): boolean {
  switch (view) {
    case 'all':
      return !isShelved(session);
    case 'running':
      return isRunning(session);
    case 'archived':
      return session.archived;
  }
}

export interface ProjectGroup {
  readonly projectPath: string;
  readonly sessions: readonly SessionInfo[];
}

/** Sessions by folder, in the order of each folder's latest turn. */
export function byProject(sessions: readonly SessionInfo[]): readonly ProjectGroup[] {
  const groups = new Map<string, SessionInfo[]>();
  for (const session of sessions) {
    const group = groups.get(session.projectPath);
    if (group === undefined) groups.set(session.projectPath, [session]);
    else group.push(session);
  }
  return Array.from(groups, ([projectPath, members]) => ({ projectPath, sessions: members }));
}

/** What needs a person stands first, whatever folder it is of; everything else by folder. */
export function sidebarGroups(sessions: readonly SessionInfo[]): {
  readonly first: readonly SessionInfo[];
  readonly projects: readonly ProjectGroup[];
} {
  return { first: sessions.filter(needsYou), projects: byProject(sessions.filter((session) => !needsYou(session))) };
}

/** In the order that they are listed in: for going to the next one. */
export function listedSessions(sessions: readonly SessionInfo[]): readonly SessionInfo[] {
  const { first, projects } = sidebarGroups(
    visibleSessions(sessions, { search: '', view: 'all', agentNames: new Map() }),
  );
  return [...first, ...projects.flatMap((project) => project.sessions)];
}
