import type { Api } from '@konui/client';
import { SessionId, type SessionInfo } from '@konui/protocol';
import { EXIT_CODES, ExitError } from '../exit-error.ts';

/** The session that a person means: an id, the beginning of one, or, without any, the one that changed last. */
export async function chooseSession(api: Pick<Api, 'sessions'>, named: string | undefined): Promise<SessionInfo> {
  if (named !== undefined && SessionId.safeParse(named).success) return api.sessions.get(named);
  const sessions = [...(await api.sessions.list())].toSorted((one, other) =>
    other.updatedAt.localeCompare(one.updatedAt),
  );
  if (named === undefined) {
    const [newest] = sessions.filter(({ archived }) => !archived);
    if (newest !== undefined) return newest;
    throw new ExitError(
      'there is no session yet; create one in the page, or with: konui prompt --agent …',
      EXIT_CODES.failed,
    );
  }
  const found = sessions.filter(({ sessionId }) => sessionId.startsWith(named));
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  const problem =
    found.length === 0 ? `no session begins with "${named}"` : `${found.length} sessions begin with "${named}"`;
  throw new ExitError(`${problem}; konui sessions lists them`, EXIT_CODES.usage);
}
