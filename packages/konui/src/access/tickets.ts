import { KonuiError } from '@konui/protocol';
import type { Identity } from '../identity.ts';
import { createSecret, hashSecret } from './secret.ts';

/** Long enough for a slow page to open its socket, short enough to be worthless in a log (SPEC ACC1). */
const TICKET_TTL_MS = 30_000;
/** Tickets that nobody redeemed yet; a page needs one for each socket and image. */
const MAX_OPEN = 1000;

interface Ticket {
  readonly identity: Identity;
  readonly expiresAt: number;
}

/** Single-use stand-ins for a token where a browser cannot send headers: WebSockets, images, frames. */
export class Tickets {
  readonly #now: () => number;
  /** By the ticket's hash, oldest first. A look-up by hash tells an attacker's clock nothing about the ticket. */
  readonly #open = new Map<string, Ticket>();

  constructor({ now }: { now: () => number }) {
    this.#now = now;
  }

  /** Throws TOO_MANY when too many are open. */
  create(identity: Identity): { ticket: string; expiresInMs: number } {
    this.#dropExpired();
    if (this.#open.size >= MAX_OPEN) {
      const retryAfterS = TICKET_TTL_MS / 1000;
      throw new KonuiError('TOO_MANY', `${MAX_OPEN} tickets are open; try again in ${retryAfterS} s`, { retryAfterS });
    }
    const ticket = createSecret();
    this.#open.set(keyOf(ticket), { identity, expiresAt: this.#now() + TICKET_TTL_MS });
    return { ticket, expiresInMs: TICKET_TTL_MS };
  }

  /** The identity of whoever asked for the ticket; undefined if it is unknown, used or expired. */
  redeem(ticket: string): Identity | undefined {
    const key = keyOf(ticket);
    const found = this.#open.get(key);
    this.#open.delete(key);
    return found === undefined || found.expiresAt <= this.#now() ? undefined : found.identity;
  }

  #dropExpired(): void {
    const now = this.#now();
    for (const [key, { expiresAt }] of this.#open) {
      if (expiresAt > now) return;
      this.#open.delete(key);
    }
  }
}

function keyOf(ticket: string): string {
  return hashSecret(ticket).toString('base64');
}
