import { CLOSE_CODES, KonuiError, LIMITS } from '@konui/protocol';
import type { Identity } from '../identity.ts';

export type Farewell = 'going_away' | 'sign_in_expired';

/** A client that is connected now, by whatever transport. */
export interface OpenClient {
  readonly identity: Identity;
  /** In the words of its protocol. */
  sayFarewell(farewell: Farewell): void;
  close(code: number, reason: string): void;
}

/** All clients that are connected: how many there may be, and how they are sent away. */
export class OpenClients {
  readonly #open = new Set<OpenClient>();
  #isClosing = false;
  #onEmpty: (() => void) | undefined;

  get size(): number {
    return this.#open.size;
  }

  /** Throws TOO_MANY when the token has as many sockets and streams as it may, HOST_UNREACHABLE when the gateway leaves. */
  checkRoom({ tokenId, user }: Identity): void {
    if (this.#isClosing) throw new KonuiError('HOST_UNREACHABLE', 'the gateway leaves; connect again');
    const most = LIMITS.maxSocketsPerToken;
    const same = [...this.#open].filter(({ identity }) => identity.tokenId === tokenId && identity.user === user);
    if (same.length >= most) {
      throw new KonuiError('TOO_MANY', `an access token may have ${most} sockets; close others, such as unused tabs`);
    }
  }

  /** To be removed, by calling the answer, when it is gone. */
  add(client: OpenClient): () => void {
    this.#open.add(client);
    return () => {
      this.#open.delete(client);
      if (this.#open.size === 0) this.#onEmpty?.();
    };
  }

  /** Closes a revoked token's clients with 4401 (SPEC GW10). */
  closeToken(tokenId: string): void {
    for (const client of this.#open) {
      if (client.identity.tokenId === tokenId) dismiss(client, 'sign_in_expired', CLOSE_CODES.unauthorized);
    }
  }

  /** Says that the gateway leaves, closes all with 1012 (SPEC GW10), and resolves when they are gone. */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const client of this.#open) dismiss(client, 'going_away', CLOSE_CODES.restart);
    if (this.#open.size > 0) await new Promise<void>((resolve) => (this.#onEmpty = resolve));
  }
}

function dismiss(client: OpenClient, farewell: Farewell, code: number): void {
  client.sayFarewell(farewell);
  client.close(code, farewell);
}
