import type { AccessRight, SessionId } from '@konui/protocol';
import { KonuiError } from '@konui/protocol';
import type { Identity } from '../identity.ts';
import { type Access, type BoundSession, covers, FULL_ACCESS, includes, NO_ACCESS } from './access.ts';

/** One of these rights; none where whoever signed in may. */
export type NeededRights = readonly AccessRight[];

export interface AuthorizationOptions {
  readonly tokens: { accessOf(tokenId: string): Access | undefined };
  readonly sessions: {
    get(sessionId: string): BoundSession | undefined;
    find(sessionId: SessionId): Promise<BoundSession>;
  };
}

/** The one place that says what somebody may do: REST, sockets and notifications ask here (SPEC ACC6). */
export class Authorization {
  readonly #tokens: AuthorizationOptions['tokens'];
  readonly #sessions: AuthorizationOptions['sessions'];

  constructor({ tokens, sessions }: AuthorizationOptions) {
    this.#tokens = tokens;
    this.#sessions = sessions;
  }

  /** The user of platform mode has no token, and may do everything. */
  accessOf({ tokenId }: Identity): Access {
    return tokenId === undefined ? FULL_ACCESS : (this.#tokens.accessOf(tokenId) ?? NO_ACCESS);
  }

  isBound(identity: Identity): boolean {
    return this.accessOf(identity).bounds !== undefined;
  }

  may(identity: Identity, needed: NeededRights): boolean {
    const { rights } = this.accessOf(identity);
    return needed.length === 0 || needed.some((right) => rights.has(right));
  }

  /** Throws FORBIDDEN. */
  check(identity: Identity, needed: NeededRights): void {
    if (!this.may(identity, needed)) throw lacksRight(needed);
  }

  /** Whether a session is shown to somebody at all; one whose project is not known here only to those who see all. */
  sees(identity: Identity, session: BoundSession): boolean {
    return this.may(identity, ['read']) && this.covers(identity, session);
  }

  covers(identity: Identity, session: BoundSession): boolean {
    const known = session.projectPath === undefined ? this.#sessions.get(session.sessionId) : undefined;
    return covers(this.accessOf(identity), known ?? session);
  }

  /** Rejects with FORBIDDEN, also where there is no such session: who is bound learns nothing of others. */
  async checkSession(identity: Identity, sessionId: SessionId): Promise<void> {
    if (this.covers(identity, { sessionId })) return;
    const session = await this.#sessions.find(sessionId).catch((error: unknown) => {
      if (error instanceof KonuiError && error.code === 'HOST_UNREACHABLE') throw error;
      return { sessionId };
    });
    if (!this.covers(identity, session)) throw foreignSession();
  }

  /** Throws FORBIDDEN where sessions of this project are none of theirs. */
  checkProject(identity: Identity, projectPath: string): void {
    const { bounds } = this.accessOf(identity);
    if (bounds !== undefined && !bounds.projectPaths.includes(projectPath)) throw foreignSession();
  }

  /** Whether somebody may give, see and take such access: never more than their own. */
  mayGive(identity: Identity, access: Access): boolean {
    return includes(this.accessOf(identity), access, (sessionId) => this.#sessions.get(sessionId)?.projectPath);
  }
}

export function lacksRight(needed: NeededRights): KonuiError {
  return new KonuiError('FORBIDDEN', `this access token lacks the right: ${needed.join(' or ')}`);
}

function foreignSession(): KonuiError {
  return new KonuiError('FORBIDDEN', 'this access token is bound to other sessions');
}
