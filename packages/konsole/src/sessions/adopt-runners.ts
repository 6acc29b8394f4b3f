import { readdirSync } from 'node:fs';
import { type HomePaths, SessionId } from '@konui/protocol';
import type { AcquireSession } from './session-watches.ts';
import type { SessionIndex } from './session-index.ts';

const SOCKET = '.sock';

export interface AdoptRunnersOptions {
  readonly paths: HomePaths;
  readonly index: SessionIndex;
  readonly acquire: AcquireSession;
  readonly onWarning: (message: string, fields?: object) => void;
}

/** Finds the runners that live, and starts one for each session that has work and none. Resolves to how many were found living. */
export async function adoptRunners({ paths, index, acquire, onWarning }: AdoptRunnersOptions): Promise<number> {
  let found = 0;
  for (const sessionId of toVisit(paths, index)) {
    try {
      using lease = await acquire(sessionId);
      const { session, runner } = lease.entry;
      if (await runner.adopt()) found++;
      else if (session.needsRunner) runner.ring();
    } catch (error) {
      onWarning('a session could not be opened', { sessionId, err: error });
    }
  }
  return found;
}

function toVisit(paths: HomePaths, index: SessionIndex): Set<SessionId> {
  const visited = new Set<SessionId>();
  for (const name of readdirSync(paths.socketFolder)) {
    if (!name.endsWith(SOCKET)) continue;
    const sessionId = SessionId.safeParse(name.slice(0, -SOCKET.length));
    if (sessionId.success && index.get(sessionId.data)?.record.deleted === false) visited.add(sessionId.data);
  }
  for (const { record, summary } of index.list()) {
    const hasWork = summary.run !== null || summary.hasNextPrompt || summary.unansweredCommands > 0;
    if (hasWork) visited.add(record.sessionId);
  }
  return visited;
}
