import type { SessionInfo } from '@konui/protocol';

const MAX_FOLDERS = 6;

/** Folders of past sessions, the last used first. */
export function recentFolders(sessions: readonly SessionInfo[]): readonly string[] {
  const latestFirst = sessions.toSorted((a, b) => b.updatedAt.localeCompare(a.updatedAt));
  return [...new Set(latestFirst.map((session) => session.projectPath))].slice(0, MAX_FOLDERS);
}
