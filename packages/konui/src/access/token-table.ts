import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { AccessRight } from '@konui/protocol';
import { z } from 'zod';
import { type Access, FULL_ACCESS, isFull } from './access.ts';

/** A valid token without its secret. */
export interface StoredToken {
  readonly id: string;
  readonly name: string;
  readonly sha256: Buffer;
  readonly createdAt: string;
  readonly access: Access;
  readonly expiresAt: string | null;
  lastUsedAt: string | null;
  device: string | null;
}

const Limits = z.object({
  rights: z.array(AccessRight),
  bounds: z.object({ sessionIds: z.array(z.string()), projectPaths: z.array(z.string()) }).nullable(),
  needsReview: z.literal(true).optional(),
});

/** The table of access tokens. Revoked ones stay in it, so that a file that holds one does not make it valid again. */
export class TokenTable {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
  }

  /** All that were not revoked, expired ones among them. */
  load(): StoredToken[] {
    return this.#database.prepare('SELECT * FROM access_tokens WHERE revoked_at IS NULL').all().flatMap(toStoredToken);
  }

  knows(sha256: Buffer): boolean {
    return this.#database.prepare('SELECT id FROM access_tokens WHERE sha256 = ?').get(sha256) !== undefined;
  }

  insert({ id, name, sha256, createdAt, access, expiresAt }: StoredToken): void {
    const { rights, bounds = null, needsReview } = access;
    const limits = JSON.stringify({ rights: [...rights], bounds, needsReview });
    this.#database
      .prepare('INSERT INTO access_tokens (id, name, sha256, created_at, limits, expires_at) VALUES (?, ?, ?, ?, ?, ?)')
      .run(id, name, sha256, createdAt, isFull(access) ? null : limits, expiresAt);
  }

  setUsed(id: string, at: string, device: string | null): void {
    this.#database.prepare('UPDATE access_tokens SET last_used_at = ?, device = ? WHERE id = ?').run(at, device, id);
  }

  setRevoked(id: string, at: string): void {
    this.#database.prepare('UPDATE access_tokens SET revoked_at = ? WHERE id = ?').run(at, id);
  }
}

function toStoredToken(row: Record<string, SQLOutputValue>): StoredToken[] {
  const { sha256 } = row;
  const access = toAccess(row['limits']);
  // One whose limits cannot be read gives no access: better none than too much.
  if (!(sha256 instanceof Uint8Array) || access === undefined) return [];
  return [
    {
      id: String(row['id']),
      name: String(row['name']),
      sha256: Buffer.from(sha256),
      createdAt: String(row['created_at']),
      access,
      expiresAt: toText(row['expires_at']),
      lastUsedAt: toText(row['last_used_at']),
      device: toText(row['device']),
    },
  ];
}

function toAccess(stored: unknown): Access | undefined {
  if (stored === null) return FULL_ACCESS;
  const limits = Limits.safeParse(typeof stored === 'string' ? parse(stored) : undefined);
  if (!limits.success) return undefined;
  const { rights, bounds, needsReview } = limits.data;
  const access = { rights: new Set(rights), bounds: bounds ?? undefined };
  return needsReview === undefined ? access : { ...access, needsReview };
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
