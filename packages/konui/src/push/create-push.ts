import type { DatabaseSync } from 'node:sqlite';
import type { SessionId } from '@konui/protocol';
import type { Logger } from 'pino';
import type { AccessTokens } from '../access/access-tokens.ts';
import type { Authorization } from '../access/authorization.ts';
import type { AgentHost, HostFeedListener } from '../host.ts';
import type { Identity } from '../identity.ts';
import { Approvals } from './approvals.ts';
import { EndpointGuard } from './endpoint-guard.ts';
import { KontaskNotices } from './kontask-notices.ts';
import { loadPushKeys } from './push-keys.ts';
import { PushNotifier } from './push-notifier.ts';
import { PushSender } from './push-sender.ts';
import { type NewPushSubscription, PushSubscriptions } from './push-subscriptions.ts';
import { SessionNotices } from './session-notices.ts';
import { ShownNotices } from './shown-notices.ts';

export interface PushDependencies {
  readonly database: DatabaseSync;
  readonly host: AgentHost;
  readonly hostWatch: { add(listener: HostFeedListener): void };
  readonly tokens: AccessTokens;
  readonly authorization: Authorization;
  readonly clients: {
    someoneLooksAt(sessionId: string, counts: (identity: Identity) => boolean): boolean;
    onLookedAway(listener: (sessionId: SessionId) => void): () => void;
  };
  /** The person's choice among the types of notifications. */
  readonly setting: () => unknown;
  readonly config: { readonly pushContact: string; readonly pushAllowsPrivate: boolean };
  readonly now: () => Date;
  readonly log: Logger;
}

export interface Push {
  readonly publicKey: string;
  /** Throws INVALID_MESSAGE for an endpoint that nothing may be sent to, and TOO_MANY. */
  subscribe(subscription: NewPushSubscription, identity: Identity): void;
  unsubscribe(endpoint: string, identity: Identity): void;
  test(identity: Identity): Promise<{ sent: number; failed: number }>;
  readonly approvals: Approvals;
  readonly kontasks: KontaskNotices;
  close(): Promise<void>;
}

/** Puts notifications together: who is told, of what, and the answers that come back. */
export function createPush(dependencies: PushDependencies): Push {
  const { database, host, hostWatch, tokens, authorization, clients, config, log, now } = dependencies;
  const keys = loadPushKeys(database);
  const guard = new EndpointGuard({ allowsPrivate: config.pushAllowsPrivate });
  const sender = new PushSender({ keys, contact: config.pushContact, guard, log });
  const subscriptions = new PushSubscriptions(database, ({ tokenId }) => tokenId === undefined || tokens.has(tokenId));
  const notifier = new PushNotifier({ subscriptions, sender, authorization, setting: dependencies.setting });
  const shown = new ShownNotices(database);
  const approvals = new Approvals({ database, host, authorization, now });
  const notices = new SessionNotices({
    host,
    notifier,
    shown,
    approvals,
    clients,
    authorization,
    now,
    log,
  });
  notices.follow(hostWatch);
  const removals = [
    tokens.onEnded((tokenId) => subscriptions.removeOfToken(tokenId)),
    clients.onLookedAway((sessionId) => notices.onLookedAway(sessionId)),
  ];
  return {
    publicKey: keys.publicKey,
    subscribe(subscription, identity) {
      guard.check(subscription.endpoint);
      subscriptions.put(subscription, identity);
    },
    unsubscribe: (endpoint, identity) => subscriptions.remove(endpoint, identity),
    test: (identity) => notifier.test(identity),
    approvals,
    kontasks: new KontaskNotices({ notifier, shown, now }),
    async close() {
      for (const remove of removals) remove();
      notices.close();
      await sender.close();
    },
  };
}
