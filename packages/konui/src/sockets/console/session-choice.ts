import { KonuiError, Provider, SessionId } from '@konui/protocol';
import { z } from 'zod';
import { describeZodError } from '../../describe-zod-error.ts';
import { toKonuiError } from '../to-konui-error.ts';
import type { NewestOrNew, SessionOwner } from './newest-or-new.ts';

const Seq = z
  .string()
  .regex(/^\d{1,15}$/, 'must be a whole number')
  .transform(Number);
const ConsoleQuery = z
  .object({
    session: z.optional(SessionId),
    after: z.optional(Seq),
    epoch: z.string().max(64).optional(),
    agent: z.optional(Provider),
    project: z.string().min(1).max(4096).optional(),
    // Read by the connection.
    images: z.enum(['binary', 'url']).optional(),
  })
  .refine(({ session, after }) => after === undefined || session !== undefined, {
    path: ['after'],
    // The newest session may be another one by now, and its events would be left out in silence.
    error: 'needs session',
  });

/** The session that a socket is for, and where in it to begin. */
export interface ChosenSession {
  readonly sessionId: SessionId;
  /** Everything up to here is known to the client; undefined where it wants only what is new. */
  readonly after: number | undefined;
  readonly epoch: string | undefined;
}

/** Who chooses. */
export interface SessionGuard extends SessionOwner {
  /** Rejects with FORBIDDEN. */
  check(sessionId: SessionId): Promise<void>;
}

/** Chooses a socket's session once (SPEC CON2), whoever asks first; only while the host is away it is tried again. */
export class SessionChoice {
  readonly #sessions: Pick<NewestOrNew, 'get'>;
  readonly #guard: SessionGuard;
  readonly #url: URL;
  #chosen: Promise<ChosenSession> | undefined;

  constructor(sessions: Pick<NewestOrNew, 'get'>, url: URL, guard: SessionGuard) {
    this.#sessions = sessions;
    this.#guard = guard;
    this.#url = url;
  }

  /** Rejects with why there is none, such as SESSION_NOT_FOUND or HOST_UNREACHABLE, or INVALID_MESSAGE for a query that makes no sense. */
  get(): Promise<ChosenSession> {
    this.#chosen ??= this.#choose().catch((error: unknown) => {
      const failure = toKonuiError(error);
      if (failure.code === 'HOST_UNREACHABLE') this.#chosen = undefined;
      throw failure;
    });
    return this.#chosen;
  }

  async #choose(): Promise<ChosenSession> {
    const { searchParams } = this.#url;
    const query = ConsoleQuery.safeParse(Object.fromEntries(searchParams));
    if (!query.success) throw new KonuiError('INVALID_MESSAGE', describeZodError(query.error));
    const { session, after, epoch, agent, project } = query.data;
    const sessionId = session ?? (await this.#sessions.get({ agent, project }, this.#guard));
    await this.#guard.check(sessionId);
    return { sessionId, after, epoch };
  }
}
