import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { KonuiError } from '@konui/protocol';
import { z } from 'zod';
import type { Identity } from '../identity.ts';

const base64urlBytes = (count: number) =>
  z
    .string()
    .regex(/^[\w-]+={0,2}$/, 'must be base64url')
    .refine((text) => Buffer.from(text, 'base64url').length === count, `must have ${count} bytes`);

/** What a device wants to be told; what is left out is as the person's setting says, else wanted. */
export const PushChoice = z.object({
  permissions: z.boolean().optional(),
  questions: z.boolean().optional(),
  finished: z.boolean().optional(),
  limits: z.boolean().optional(),
  kontasks: z.boolean().optional(),
});
export type PushChoice = z.infer<typeof PushChoice>;

/** A subscription as browsers give it (Push API, `PushSubscription.toJSON()`), and what it is for. */
export const NewPushSubscription = z.object({
  endpoint: z.string().max(2048),
  keys: z.object({ p256dh: base64urlBytes(65), auth: base64urlBytes(16) }),
  what: PushChoice.default({}),
});
export type NewPushSubscription = z.infer<typeof NewPushSubscription>;

export interface PushSubscription extends NewPushSubscription {
  /** Whoever subscribed: they get what they may see, for as long as they may. */
  readonly identity: Identity;
}

/** Devices of one person, with a browser or two each. */
const MAX_PER_TOKEN = 20;
const MAX_ALL = 500;

/** The devices that want to be told. Only this process writes the table, so it holds them in memory. */
export class PushSubscriptions {
  readonly #database: DatabaseSync;
  readonly #subscriptions = new Map<string, PushSubscription>();

  /** Subscriptions of tokens that ended while the gateway was down are gone. */
  constructor(database: DatabaseSync, isValid: (identity: Identity) => boolean) {
    this.#database = database;
    for (const row of database.prepare('SELECT * FROM push_subscriptions').all()) {
      const subscription = toSubscription(row);
      if (subscription === undefined || !isValid(subscription.identity)) this.remove(String(row['endpoint']));
      else this.#subscriptions.set(subscription.endpoint, subscription);
    }
  }

  list(): readonly PushSubscription[] {
    return [...this.#subscriptions.values()];
  }

  of(identity: Identity): readonly PushSubscription[] {
    return this.list().filter((subscription) => isSame(subscription.identity, identity));
  }

  /** Throws TOO_MANY. A browser that signed in anew keeps its endpoint, which then belongs to the new token. */
  put({ endpoint, keys, what }: NewPushSubscription, { tokenId, user }: Identity): void {
    const identity = { tokenId, user };
    const others = this.of(identity).filter((other) => other.endpoint !== endpoint);
    if (others.length >= MAX_PER_TOKEN || this.#subscriptions.size >= MAX_ALL) {
      throw new KonuiError(
        'TOO_MANY',
        `an access token may notify ${MAX_PER_TOKEN} browsers; switch it off in another`,
      );
    }
    this.#database
      .prepare('INSERT OR REPLACE INTO push_subscriptions VALUES (?, ?, ?, ?, ?, ?)')
      .run(endpoint, tokenId ?? null, user ?? null, keys.p256dh, keys.auth, JSON.stringify(what));
    this.#subscriptions.set(endpoint, { endpoint, keys, what, identity });
  }

  /** Somebody's own subscription, or one that its push service no longer knows. */
  remove(endpoint: string, owner?: Identity): void {
    const found = this.#subscriptions.get(endpoint);
    if (owner !== undefined && (found === undefined || !isSame(found.identity, owner))) return;
    this.#subscriptions.delete(endpoint);
    this.#database.prepare('DELETE FROM push_subscriptions WHERE endpoint = ?').run(endpoint);
  }

  /** The token was revoked or has expired. */
  removeOfToken(tokenId: string): void {
    for (const { endpoint, identity } of this.list()) if (identity.tokenId === tokenId) this.remove(endpoint);
  }
}

function isSame(one: Identity, other: Identity): boolean {
  return one.tokenId === other.tokenId && one.user === other.user;
}

function toSubscription(row: Record<string, SQLOutputValue>): PushSubscription | undefined {
  const { endpoint, p256dh, auth, what, token_id: tokenId, user } = row;
  const parsed = NewPushSubscription.safeParse({ endpoint, keys: { p256dh, auth }, what: JSON.parse(String(what)) });
  if (!parsed.success) return undefined;
  const identity = {
    tokenId: typeof tokenId === 'string' ? tokenId : undefined,
    user: typeof user === 'string' ? user : undefined,
  };
  return { ...parsed.data, identity };
}
