import { KonuiError, type SessionId, SessionInfo } from '@konui/protocol';
import { z } from 'zod';
import type { BoundSession } from '../access/access.ts';
import type { AgentHost } from '../host.ts';

const SessionsAnswer = z.object({ sessions: z.array(SessionInfo) });

/** The session that changed last, of those that are not archived and may be used. Rejects with SESSION_NOT_FOUND. */
export async function newestSession(
  host: Pick<AgentHost, 'sessions'>,
  mayUse: (session: BoundSession) => boolean,
): Promise<SessionId> {
  const { body } = await host.sessions();
  const { sessions } = SessionsAnswer.parse(JSON.parse(body.toString('utf8')));
  const [newest] = sessions
    .filter((session) => !session.archived && mayUse(session))
    .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
  if (newest !== undefined) return newest.sessionId;
  throw new KonuiError('SESSION_NOT_FOUND', 'there is no session yet; create one and try again');
}
