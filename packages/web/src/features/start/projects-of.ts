import type { SessionInfo } from '@konui/protocol';
import { byLastTurn, isRunning, isShelved } from '../../ui/session-words.ts';

export interface ProjectFacts {
  readonly path: string;
  readonly count: number;
  readonly running: number;
}

/** The folders of sessions that are not put away, the one of the latest turn first. */
export function projectsOf(sessions: readonly SessionInfo[]): readonly ProjectFacts[] {
  const byPath = new Map<string, { path: string; count: number; running: number }>();
  for (const session of sessions.filter((session) => !isShelved(session)).toSorted(byLastTurn)) {
    const facts = byPath.get(session.projectPath) ?? { path: session.projectPath, count: 0, running: 0 };
    byPath.set(session.projectPath, facts);
    facts.count += 1;
    facts.running += isRunning(session) ? 1 : 0;
  }
  return Array.from(byPath.values());
}
