import { KonuiError, type SessionId, SessionInfo } from '@konui/protocol';
import { z } from 'zod';
import type { BoundSession } from '../access/access.ts';
import type { AgentHost } from '../host.ts';

const SessionsAnswer = z.object({ sessions: z.array(SessionInfo) });

/** Every session, the one that changed last first. */
export async function sessionsByAge(host: Pick<AgentHost, 'sessions'>): Promise<SessionInfo[]> {
  const { body } = await host.sessions();
  const { sessions } = SessionsAnswer.parse(JSON.parse(body.toString('utf8')));
  return sessions.toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
}

/** The session that changed last, of those that are not archived and may be used. Rejects with SESSION_NOT_FOUND. */
export async function newestSession(
  host: Pick<AgentHost, 'sessions'>,
  mayUse: (session: BoundSession) => boolean,
): Promise<SessionId> {
  const newest = (await sessionsByAge(host)).find((session) => !session.archived && mayUse(session));
  if (newest !== undefined) return newest.sessionId;
  throw new KonuiError('SESSION_NOT_FOUND', 'there is no session yet; create one and try again');
}
