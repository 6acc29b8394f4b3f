import { KonuiError, SessionId } from '@konui/protocol';
import { z } from 'zod';
import { describeZodError } from '../../describe-zod-error.ts';
import type { BoundSession } from '../../access/access.ts';
import type { AgentHost } from '../../host.ts';
import { newestSession } from '../../hosts/newest-session.ts';
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

/** The session that a socket is for, and where in it to begin. */
export interface ChosenSession {
  readonly sessionId: SessionId;
  /** Everything up to here is known to the client; undefined where it wants only what is new. */
  readonly after: number | undefined;
  readonly epoch: string | undefined;
}

/** The sessions that the socket's owner may choose from. */
export interface SessionGuard {
  covers(session: BoundSession): boolean;
  /** Rejects with FORBIDDEN. */
  check(sessionId: SessionId): Promise<void>;
}

/** Chooses a socket's session once (SPEC CON2), whoever asks first; only while the host is away it is tried again. */
export class SessionChoice {
  readonly #host: Pick<AgentHost, 'sessions'>;
  readonly #guard: SessionGuard;
  readonly #url: URL;
  #chosen: Promise<ChosenSession> | undefined;

  constructor(host: Pick<AgentHost, 'sessions'>, url: URL, guard: SessionGuard) {
    this.#host = host;
    this.#guard = guard;
    this.#url = url;
  }

  /** Rejects with SESSION_NOT_FOUND, HOST_UNREACHABLE, or INVALID_MESSAGE for a query that makes no sense. */
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
    const [session, after, epoch] = ['session', 'after', 'epoch'].map((name) => searchParams.get(name) ?? undefined);
    const query = ConsoleQuery.safeParse({ session, after, epoch });
    if (!query.success) throw new KonuiError('INVALID_MESSAGE', describeZodError(query.error));
    const sessionId = query.data.session ?? (await newestSession(this.#host, (session) => this.#guard.covers(session)));
    await this.#guard.check(sessionId);
    return { sessionId, after: query.data.after, epoch: query.data.epoch };
  }
}
