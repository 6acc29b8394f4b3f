import { AccessRight, type HandOverRule, HandOverSetting } from '@konui/protocol';
import * as z from 'zod/mini';
import { type ApiOptions, type ApiRequest, parseAnswer, request } from './request.ts';

const Limits = {
  rights: z._default(z.array(AccessRight), [...AccessRight.options]),
  /** Only these sessions and those of these folders; without both, all. */
  sessionIds: z.optional(z.array(z.string())),
  projectPaths: z.optional(z.array(z.string())),
  /** What it injects waits for a person (SPEC INJ5). */
  needsReview: z.optional(z.boolean()),
  expiresAt: z._default(z.nullable(z.string()), null),
};

/** An access token without its secret. */
export const AccessTokenRow = z.object({
  id: z.string(),
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.nullable(z.string()),
  /** That used it last. */
  device: z._default(z.nullable(z.string()), null),
  /** The one that asked. */
  isOwn: z._default(z.boolean(), false),
  ...Limits,
});
export type AccessTokenRow = z.infer<typeof AccessTokenRow>;

/** Who is signed in here, and what that allows. */
export const OwnAccess = z.object({
  tokenId: z.optional(z.string()),
  user: z.optional(z.string()),
  name: z.optional(z.string()),
  device: z.optional(z.string()),
  ...Limits,
});
export type OwnAccess = z.infer<typeof OwnAccess>;

/** What is left out is as the token that asks has it. */
export interface NewAccessToken {
  readonly name: string;
  readonly rights?: readonly AccessRight[];
  readonly sessionIds?: readonly string[];
  readonly projectPaths?: readonly string[];
  /** Holds back what it injects until a person sends it; for the right `inject`, and at most `read` besides. */
  readonly needsReview?: boolean;
  /** ISO 8601. */
  readonly expiresAt?: string;
}

/** What a device is told of (SPEC PUSH); what is left out is as the person's setting says. */
export interface PushChoice {
  readonly permissions?: boolean;
  readonly questions?: boolean;
  readonly finished?: boolean;
  readonly limits?: boolean;
  readonly kontasks?: boolean;
}

const Rows = z.object({ accessTokens: z.array(AccessTokenRow) });
const Created = z.object({ id: z.string(), token: z.string() });
const PushKey = z.object({ publicKey: z.string() });
const PushTest = z.object({ sent: z.int(), failed: z.int() });
const Setting = z.object({ value: z.unknown() });
const HandOver = z.object({ value: z.nullable(HandOverSetting) });

/** What the pages of settings ask for. Everything rejects as `Api` does. */
export interface SettingsApi {
  me(): Promise<OwnAccess>;
  accessTokens: {
    list(): Promise<readonly AccessTokenRow[]>;
    /** The token is told here and never again. */
    create(token: NewAccessToken): Promise<{ readonly id: string; readonly token: string }>;
    /** Closes the sockets that use it (GW10). Rejects with LAST_FULL_TOKEN unless it is forced. */
    revoke(id: string, options?: { readonly isForced?: boolean }): Promise<void>;
  };
  push: {
    /** The key that subscriptions are made with (VAPID, RFC 8292), as base64url. */
    key(): Promise<string>;
    /** As `PushSubscription.toJSON()` gives it, and which notifications it is for. Again with the same endpoint changes it. */
    subscribe(subscription: object, what: PushChoice): Promise<void>;
    unsubscribe(endpoint: string): Promise<void>;
    /** Sends a notification to this token's subscriptions. */
    test(): Promise<{ readonly sent: number; readonly failed: number }>;
  };
  /** Which requests go to an agent without a person (SPEC KON8). */
  handOver: {
    rules(): Promise<readonly HandOverRule[]>;
    change(rules: readonly HandOverRule[]): Promise<void>;
  };
  /** What a person has chosen on one device and wants on all; undefined where nothing was. */
  setting(name: string): Promise<unknown>;
  changeSetting(name: string, value: unknown): Promise<void>;
}

export function createSettingsApi(options: ApiOptions): SettingsApi {
  const ask = (what: ApiRequest): Promise<Response> => request(options, what);
  const settingPath = (name: string): string => `/api/settings/${encodeURIComponent(name)}`;
  return {
    me: async () => parseAnswer(OwnAccess, await ask({ path: '/api/me' })),
    accessTokens: {
      list: async () => (await parseAnswer(Rows, await ask({ path: '/api/access-tokens' }))).accessTokens,
      create: async (body) => parseAnswer(Created, await ask({ method: 'POST', path: '/api/access-tokens', body })),
      async revoke(id, { isForced = false } = {}) {
        const query = isForced ? { force: 'true' } : {};
        await ask({ method: 'DELETE', path: `/api/access-tokens/${encodeURIComponent(id)}`, query });
      },
    },
    push: {
      key: async () => (await parseAnswer(PushKey, await ask({ path: '/api/push/key' }))).publicKey,
      async subscribe(subscription, what) {
        await ask({ method: 'PUT', path: '/api/push/subscriptions', body: { ...subscription, what } });
      },
      async unsubscribe(endpoint) {
        await ask({ method: 'DELETE', path: '/api/push/subscriptions', body: { endpoint } });
      },
      test: async () => parseAnswer(PushTest, await ask({ method: 'POST', path: '/api/push/test' })),
    },
    handOver: {
      rules: async () =>
        (await parseAnswer(HandOver, await ask({ path: settingPath('hand-over') }))).value?.rules ?? [],
      async change(rules) {
        await ask({ method: 'PUT', path: settingPath('hand-over'), body: { value: { rules } } });
      },
    },
    setting: async (name) => (await parseAnswer(Setting, await ask({ path: settingPath(name) }))).value,
    async changeSetting(name, value) {
      await ask({ method: 'PUT', path: settingPath(name), body: { value } });
    },
  };
}
