import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { KonuiError } from '@konui/protocol';
import { type Access, type Bounds, FULL_ACCESS, isFull } from './access.ts';
import { ExpiryTimer } from './expiry-timer.ts';
import { createSecret, hashSecret } from './secret.ts';
import { type StoredToken, TokenTable } from './token-table.ts';

/** A token as a person sees it. */
export interface AccessToken extends Partial<Bounds> {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
  /** That used it last. */
  readonly device: string | null;
  readonly rights: readonly string[];
  /** All rights, for all sessions. */
  readonly isFull: boolean;
  /** What it injects waits until a person sends it. */
  readonly needsReview?: true;
  readonly expiresAt: string | null;
}

export interface TokenLimits {
  /** Default: full. */
  readonly access?: Access;
  /** ISO 8601. Default: the token lasts until it is revoked. */
  readonly expiresAt?: string | undefined;
}

/** `last_used_at` is for a person's eye: more than once a minute would only wear the disk. */
const USE_RECORDED_EVERY_MS = 60_000;
const MAX_TOKENS = 1000;

export interface AccessTokensOptions {
  readonly database: DatabaseSync;
  readonly now: () => Date;
  readonly createId: () => string;
}

/** The access tokens that are valid, stored as SHA-256. Only this process writes their table, so it holds them in memory. */
export class AccessTokens {
  readonly #table: TokenTable;
  readonly #now: () => Date;
  readonly #createId: () => string;
  readonly #tokens = new Map<string, StoredToken>();
  readonly #endedListeners = new Set<(tokenId: string) => void>();
  readonly #expiry: ExpiryTimer;

  constructor({ database, now, createId }: AccessTokensOptions) {
    this.#table = new TokenTable(database);
    this.#now = now;
    this.#createId = createId;
    for (const token of this.#table.load()) this.#tokens.set(token.id, token);
    this.#expiry = new ExpiryTimer({ now: () => now().getTime(), onDue: () => this.#endExpired() });
    this.#endExpired();
  }

  /** A new token; the secret is told here and never again. Throws TOO_MANY. */
  create(name: string, limits: TokenLimits = {}): { id: string; token: string } {
    const token = createSecret();
    return { id: this.#add(name, token, limits), token };
  }

  /** Records a full token that exists already, such as the first one's file. Returns false if it was revoked before. */
  adopt(name: string, secret: string): boolean {
    if (this.find(secret) !== undefined) return true;
    if (this.#table.knows(hashSecret(secret))) return false;
    this.#add(name, secret);
    return true;
  }

  /** The id of a valid token. Every stored hash is compared, each in constant time. */
  find(secret: string, device?: string): string | undefined {
    const hash = hashSecret(secret);
    let found: StoredToken | undefined;
    for (const token of this.#tokens.values()) {
      if (timingSafeEqual(token.sha256, hash)) found = token;
    }
    // The timer may be late.
    if (found === undefined || this.#hasExpired(found)) return undefined;
    this.#recordUse(found, device);
    return found.id;
  }

  has(id: string): boolean {
    return this.accessOf(id) !== undefined;
  }

  /** Undefined for a token that is not valid. */
  accessOf(id: string): Access | undefined {
    const token = this.#tokens.get(id);
    return token === undefined || this.#hasExpired(token) ? undefined : token.access;
  }

  get(id: string): AccessToken | undefined {
    const token = this.#tokens.get(id);
    return token === undefined ? undefined : describe(token);
  }

  list(): AccessToken[] {
    return [...this.#tokens.values()].map(describe);
  }

  /** Whether nobody could do everything any more, or not for as long, if this token were revoked. */
  isLastFull(id: string): boolean {
    const token = this.#tokens.get(id);
    if (token === undefined || !isFull(token.access)) return false;
    return ![...this.#tokens.values()].some(
      (other) => other !== token && isFull(other.access) && lastsUntil(other) >= lastsUntil(token),
    );
  }

  /** Returns false if there is no such valid token. */
  revoke(id: string): boolean {
    if (!this.#tokens.has(id)) return false;
    this.#table.setRevoked(id, this.#now().toISOString());
    this.#end(id);
    return true;
  }

  /** Told when a token was revoked or has expired. */
  onEnded(listener: (tokenId: string) => void): () => void {
    this.#endedListeners.add(listener);
    return () => this.#endedListeners.delete(listener);
  }

  /** Ends what waits for tokens to expire. */
  close(): void {
    this.#expiry.stop();
  }

  #add(name: string, secret: string, { access = FULL_ACCESS, expiresAt }: TokenLimits = {}): string {
    if (this.#tokens.size >= MAX_TOKENS) {
      throw new KonuiError('TOO_MANY', `there are ${MAX_TOKENS} access tokens already; revoke one first`);
    }
    const token: StoredToken = {
      id: this.#createId(),
      name,
      sha256: hashSecret(secret),
      createdAt: this.#now().toISOString(),
      access,
      expiresAt: expiresAt ?? null,
      lastUsedAt: null,
      device: null,
    };
    this.#table.insert(token);
    this.#tokens.set(token.id, token);
    this.#endExpired();
    return token.id;
  }

  #recordUse(token: StoredToken, device: string | undefined): void {
    const now = this.#now();
    if (token.lastUsedAt !== null && now.getTime() - Date.parse(token.lastUsedAt) < USE_RECORDED_EVERY_MS) return;
    token.lastUsedAt = now.toISOString();
    token.device = device ?? token.device;
    this.#table.setUsed(token.id, token.lastUsedAt, token.device);
  }

  #hasExpired(token: StoredToken): boolean {
    return lastsUntil(token) <= this.#now().getTime();
  }

  /** An expired token ends as a revoked one does. */
  #endExpired(): void {
    for (const token of this.#tokens.values()) if (this.#hasExpired(token)) this.#end(token.id);
    this.#expiry.setTo(Math.min(...[...this.#tokens.values()].map(lastsUntil)));
  }

  #end(id: string): void {
    this.#tokens.delete(id);
    for (const listener of this.#endedListeners) listener(id);
  }
}

function lastsUntil({ expiresAt }: StoredToken): number {
  return expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt);
}

function describe(token: StoredToken): AccessToken {
  const { id, name, createdAt, lastUsedAt, device, access, expiresAt } = token;
  const rights = [...access.rights];
  const review = access.needsReview === undefined ? {} : { needsReview: access.needsReview };
  return {
    id,
    name,
    createdAt,
    lastUsedAt,
    device,
    rights,
    isFull: isFull(access),
    ...review,
    ...access.bounds,
    expiresAt,
  };
}
