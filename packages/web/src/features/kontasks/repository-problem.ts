import type { Kontask, SessionInfo } from '@konui/protocol';
import * as en from '../../text/en.ts';
import { folderName } from '../../ui/session-words.ts';

/** Why nobody knows where a kontask's commit is, as the gateway would say it; `undefined` where it can be asked for (B7). */
export function repositoryProblem(
  { sessionId, scope }: Pick<Kontask, 'sessionId' | 'scope'>,
  sessions: readonly Pick<SessionInfo, 'sessionId' | 'projectPath'>[],
): string | undefined {
  if (sessionId !== undefined) {
    return sessions.some((each) => each.sessionId === sessionId) ? undefined : en.kontask.sessionGone;
  }
  if (scope === undefined) return en.kontask.noProject;
  const isKnown = sessions.some(({ projectPath }) => projectPath === scope || folderName(projectPath) === scope);
  return isKnown ? undefined : en.kontask.projectUnknown(scope);
}
