import { resolve } from 'node:path';
import {
  defaultAgent,
  KonuiError,
  newId,
  type Provider,
  ProviderInfo,
  SessionId,
  type SessionInfo,
} from '@konui/protocol';
import { z } from 'zod';
import type { BoundSession } from '../../access/access.ts';
import type { AgentHost } from '../../host.ts';
import { sessionsByAge } from '../../hosts/newest-session.ts';
import { InOrder } from '../chat/in-order.ts';

const ProvidersAnswer = z.object({ providers: z.array(ProviderInfo) });

/** What a client asks for that names no session. */
export interface SessionWish {
  readonly agent: Provider | undefined;
  readonly project: string | undefined;
}

/** The rights of the token that a socket came with. */
export interface SessionOwner {
  covers(session: BoundSession): boolean;
  readonly mayCreate: boolean;
  /** Throws FORBIDDEN. */
  checkProject(projectPath: string): void;
  /** Projects that the token is bound to. */
  readonly projects: readonly string[];
}

export interface NewestOrNewOptions {
  readonly host: Pick<AgentHost, 'sessions' | 'providers' | 'createSession'>;
  readonly homeFolder: string;
}

/** Finds the newest session that a socket may use, or makes one (SPEC CON2, CON11). */
export class NewestOrNew {
  readonly #options: NewestOrNewOptions;
  /** One at a time: whoever comes second finds what the first one made. */
  readonly #making = new InOrder();

  constructor(options: NewestOrNewOptions) {
    this.#options = options;
  }

  /** Rejects with SESSION_NOT_FOUND where none is there and none may be made, or with what the host says of making it. */
  async get(wish: SessionWish, owner: SessionOwner): Promise<SessionId> {
    const found = (await this.#look(wish, owner)).newest;
    if (found !== undefined) return found.sessionId;
    if (!owner.mayCreate) {
      throw new KonuiError('SESSION_NOT_FOUND', 'there is no such session, and this access token may not make one');
    }
    return this.#making.run('', async () => {
      const { newest, last } = await this.#look(wish, owner);
      return newest?.sessionId ?? this.#make(wish, owner, last);
    });
  }

  async #look(wish: SessionWish, owner: SessionOwner): Promise<{ newest?: SessionInfo; last?: SessionInfo }> {
    const seen = (await sessionsByAge(this.#options.host)).filter((session) => owner.covers(session));
    const newest = seen.find((session) => !session.archived && isWished(session, wish));
    const [last] = seen;
    return { ...(newest === undefined ? {} : { newest }), ...(last === undefined ? {} : { last }) };
  }

  async #make(wish: SessionWish, owner: SessionOwner, last: SessionInfo | undefined): Promise<SessionId> {
    const { host, homeFolder } = this.#options;
    const projectPath = wish.project ?? last?.projectPath ?? owner.projects[0] ?? homeFolder;
    owner.checkProject(projectPath);
    const provider = wish.agent ?? (await this.#chooseAgent(last));
    const sessionId = newId(SessionId);
    await host.createSession({ sessionId, provider, projectPath });
    return sessionId;
  }

  async #chooseAgent(last: SessionInfo | undefined): Promise<Provider> {
    const { body } = await this.#options.host.providers();
    const { providers } = ProvidersAnswer.parse(JSON.parse(body.toString('utf8')));
    const agent = defaultAgent(providers, last?.provider);
    if (agent === undefined) throw new KonuiError('AGENT_NOT_INSTALLED', 'no agent is installed; install one first');
    return agent;
  }
}

function isWished({ provider, projectPath }: SessionInfo, { agent, project }: SessionWish): boolean {
  return (
    (agent === undefined || provider === agent) && (project === undefined || projectPath === resolve('/', project))
  );
}
