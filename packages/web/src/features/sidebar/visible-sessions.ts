import type { SessionInfo } from '@konui/protocol';
import { isRunning, titleOf } from '../../ui/session-words.ts';

export interface SessionFilter {
  readonly search: string;
  readonly isRunningOnly: boolean;
}

/** The sessions that match, those that changed last first; every word of the search must stand in title, folder or agent. */
export function visibleSessions(sessions: readonly SessionInfo[], filter: SessionFilter): readonly SessionInfo[] {
  const words = filter.search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return sessions
    .filter((session) => !session.archived && (!filter.isRunningOnly || isRunning(session)))
    .filter((session) => {
      const text = `${titleOf(session)} ${session.projectPath} ${session.provider}`.toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
}

export interface ProjectGroup {
  readonly projectPath: string;
  readonly sessions: readonly SessionInfo[];
}

/** Sessions by folder, in the order of each folder's latest change. */
export function byProject(sessions: readonly SessionInfo[]): readonly ProjectGroup[] {
  const groups = new Map<string, SessionInfo[]>();
  for (const session of sessions) {
    const group = groups.get(session.projectPath);
    if (group === undefined) groups.set(session.projectPath, [session]);
    else group.push(session);
  }
  return Array.from(groups, ([projectPath, members]) => ({ projectPath, sessions: members }));
}
