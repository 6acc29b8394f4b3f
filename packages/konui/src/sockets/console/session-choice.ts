import { KonuiError, SessionId, SessionInfo } from '@konui/protocol';
import { z } from 'zod';
import { describeZodError } from '../../describe-zod-error.ts';
import type { AgentHost } from '../../host.ts';
import { toKonuiError } from '../to-konui-error.ts';

const Seq = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const ConsoleQuery = z.object({
  session: z.optional(SessionId),
  after: z.optional(Seq),
  epoch: z.string().max(64).optional(),
});
const SessionsAnswer = z.object({ sessions: z.array(SessionInfo) });

/** The session that a socket is for, and where in it to begin. */
export interface ChosenSession {
  readonly sessionId: SessionId;
  /** Everything up to here is known to the client; undefined where it wants only what is new. */
  readonly after: number | undefined;
  readonly epoch: string | undefined;
}

/** Chooses a socket's session once (SPEC CON2), whoever asks first; only while the host is away it is tried again. */
export class SessionChoice {
  readonly #host: Pick<AgentHost, 'sessions'>;
  readonly #url: URL;
  #chosen: Promise<ChosenSession> | undefined;

  constructor(host: Pick<AgentHost, 'sessions'>, url: URL) {
    this.#host = host;
    this.#url = url;
  }

  /** Rejects with SESSION_NOT_FOUND, HOST_UNREACHABLE, or INVALID_MESSAGE for a query that makes no sense. */
  get(): Promise<ChosenSession> {
    this.#chosen ??= this.#choose();
    return this.#chosen;
  }

  async #choose(): Promise<ChosenSession> {
    const { searchParams } = this.#url;
    const [session, after, epoch] = ['session', 'after', 'epoch'].map((name) => searchParams.get(name) ?? undefined);
    const query = ConsoleQuery.safeParse({ session, after, epoch });
    if (!query.success) throw new KonuiError('INVALID_MESSAGE', describeZodError(query.error));
    const sessionId = query.data.session ?? (await this.#findNewest());
    return { sessionId, after: query.data.after, epoch: query.data.epoch };
  }

  async #findNewest(): Promise<SessionId> {
    try {
      const { body } = await this.#host.sessions();
      const { sessions } = SessionsAnswer.parse(JSON.parse(body.toString('utf8')));
      const [newest] = sessions
        .filter(({ archived }) => !archived)
        .toSorted((one, other) => other.updatedAt.localeCompare(one.updatedAt));
      if (newest !== undefined) return newest.sessionId;
    } catch (error) {
      const failure = toKonuiError(error);
      if (failure.code === 'HOST_UNREACHABLE') this.#chosen = undefined;
      throw failure;
    }
    throw new KonuiError('SESSION_NOT_FOUND', 'there is no session yet; create one and connect again');
  }
}
