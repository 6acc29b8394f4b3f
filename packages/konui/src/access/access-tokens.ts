import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { KonuiError } from '@konui/protocol';
import { createSecret, hashSecret } from './secret.ts';

export interface AccessToken {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt: string | null;
}

/** `last_used_at` is for a person's eye: more than once a minute would only wear the disk. */
const USE_RECORDED_EVERY_MS = 60_000;
const MAX_TOKENS = 1000;

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly sha256: Buffer;
  readonly createdAt: string;
  lastUsedAt: string | null;
}

export interface AccessTokensOptions {
  readonly database: DatabaseSync;
  readonly now: () => Date;
  readonly createId: () => string;
}

/** The access tokens that are valid, stored as SHA-256. Only this process writes their table, so it holds them in memory. */
export class AccessTokens {
  readonly #database: DatabaseSync;
  readonly #now: () => Date;
  readonly #createId: () => string;
  readonly #entries = new Map<string, Entry>();
  readonly #revokedListeners = new Set<(tokenId: string) => void>();

  constructor({ database, now, createId }: AccessTokensOptions) {
    this.#database = database;
    this.#now = now;
    this.#createId = createId;
    const rows = database
      .prepare('SELECT id, name, sha256, created_at, last_used_at FROM access_tokens WHERE revoked_at IS NULL')
      .all();
    for (const row of rows) {
      const sha256 = row['sha256'];
      if (!(sha256 instanceof Uint8Array)) continue;
      const id = String(row['id']);
      const lastUsedAt = row['last_used_at'];
      this.#entries.set(id, {
        id,
        name: String(row['name']),
        sha256: Buffer.from(sha256),
        createdAt: String(row['created_at']),
        lastUsedAt: typeof lastUsedAt === 'string' ? lastUsedAt : null,
      });
    }
  }

  /** A new token; the secret is told here and never again. Throws TOO_MANY. */
  create(name: string): { id: string; token: string } {
    const token = createSecret();
    return { id: this.#add(name, token), token };
  }

  /** Records a token that exists already, such as the first one's file. Returns false if it was revoked before. */
  adopt(name: string, token: string): boolean {
    if (this.find(token) !== undefined) return true;
    const known = this.#database.prepare('SELECT id FROM access_tokens WHERE sha256 = ?').get(hashSecret(token));
    if (known !== undefined) return false;
    this.#add(name, token);
    return true;
  }

  /** The id of a valid token. Every stored hash is compared, each in constant time. */
  find(token: string): string | undefined {
    const hash = hashSecret(token);
    let found: Entry | undefined;
    for (const entry of this.#entries.values()) {
      if (timingSafeEqual(entry.sha256, hash)) found = entry;
    }
    if (found === undefined) return undefined;
    this.#recordUse(found);
    return found.id;
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  list(): AccessToken[] {
    return [...this.#entries.values()].map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      createdAt,
      lastUsedAt,
    }));
  }

  /** Returns false if there is no such valid token. */
  revoke(id: string): boolean {
    if (!this.#entries.has(id)) return false;
    this.#database.prepare('UPDATE access_tokens SET revoked_at = ? WHERE id = ?').run(this.#now().toISOString(), id);
    this.#entries.delete(id);
    for (const listener of this.#revokedListeners) listener(id);
    return true;
  }

  onRevoked(listener: (tokenId: string) => void): () => void {
    this.#revokedListeners.add(listener);
    return () => this.#revokedListeners.delete(listener);
  }

  #add(name: string, token: string): string {
    if (this.#entries.size >= MAX_TOKENS) {
      throw new KonuiError('TOO_MANY', `there are ${MAX_TOKENS} access tokens already; revoke one first`);
    }
    const id = this.#createId();
    const sha256 = hashSecret(token);
    const createdAt = this.#now().toISOString();
    this.#database
      .prepare('INSERT INTO access_tokens (id, name, sha256, created_at) VALUES (?, ?, ?, ?)')
      .run(id, name, sha256, createdAt);
    this.#entries.set(id, { id, name, sha256, createdAt, lastUsedAt: null });
    return id;
  }

  #recordUse(entry: Entry): void {
    const now = this.#now();
    if (entry.lastUsedAt !== null && now.getTime() - Date.parse(entry.lastUsedAt) < USE_RECORDED_EVERY_MS) return;
    entry.lastUsedAt = now.toISOString();
    this.#database.prepare('UPDATE access_tokens SET last_used_at = ? WHERE id = ?').run(entry.lastUsedAt, entry.id);
  }
}
