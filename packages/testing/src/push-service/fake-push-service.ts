import { createECDH, type ECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { decryptPush } from './decrypt-push.ts';
import { verifyVapid } from './verify-vapid.ts';

/** A message as the browser's service worker would get it. */
export type ReceivedPush = {
  readonly [field: string]: unknown;
  readonly type: string;
  readonly tag: string;
};

/** A browser that subscribed. */
export type FakeSubscription = {
  /** As `PushSubscription.toJSON()`. */
  readonly json: { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } };
  readonly messages: readonly ReceivedPush[];
  /** Headers of each message: `topic`, `urgency`, `ttl`. */
  readonly headers: readonly NodeJS.Dict<string | string[]>[];
  /** Resolves with the first message, past or future, that fits. */
  until(fits: (message: ReceivedPush) => boolean): Promise<ReceivedPush>;
  /** The browser unsubscribed: from now on the service answers with 410. */
  expire(): void;
  /** How many messages were refused since. */
  readonly refused: number;
};

/** A push service on loopback that takes only what real ones take: signed by VAPID, encrypted for the subscription. */
export type FakePushService = {
  readonly url: string;
  /** With the key that the page would subscribe with; messages that are signed by another are refused. */
  subscribe(applicationServerKey: string): FakeSubscription;
  /** What was wrong with messages that were refused with 400. */
  readonly problems: readonly string[];
  close(): Promise<void>;
};

type Subscription = {
  keys: ECDH;
  auth: Buffer;
  sender: string;
  messages: ReceivedPush[];
  headers: NodeJS.Dict<string | string[]>[];
  checks: Set<() => void>;
  isExpired: boolean;
  refused: number;
};

export async function startFakePushService(): Promise<FakePushService> {
  const subscriptions = new Map<string, Subscription>();
  const problems: string[] = [];
  let url = '';

  const receive = async (request: IncomingMessage): Promise<number> => {
    const subscription = subscriptions.get(request.url ?? '');
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (subscription === undefined || subscription.isExpired) {
      if (subscription !== undefined) subscription.refused += 1;
      return 410;
    }
    try {
      const { headers } = request;
      if (request.method !== 'POST' || headers['content-encoding'] !== 'aes128gcm') throw new Error('this is no push');
      if (!/^\d+$/.test(String(headers['ttl']))) throw new Error('a push needs a TTL');
      if (verifyVapid(headers.authorization ?? '', url) !== subscription.sender)
        throw new Error('somebody else sent it');
      subscription.messages.push(JSON.parse(decryptPush(Buffer.concat(chunks), subscription)));
      subscription.headers.push(headers);
    } catch (error) {
      problems.push(String(error));
      return 400;
    }
    for (const check of subscription.checks) check();
    return 201;
  };

  const server = createServer((request, answer) => {
    void receive(request).then((status) => answer.writeHead(status).end());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the push service has no port');
  url = `http://127.0.0.1:${address.port}`;

  return {
    url,
    problems,
    subscribe(sender) {
      const keys = createECDH('prime256v1');
      keys.generateKeys();
      const path = `/push/${randomBytes(16).toString('hex')}`;
      const subscription: Subscription = {
        keys,
        auth: randomBytes(16),
        sender,
        messages: [],
        headers: [],
        checks: new Set(),
        isExpired: false,
        refused: 0,
      };
      subscriptions.set(path, subscription);
      const p256dh = keys.getPublicKey().toString('base64url');
      return {
        json: { endpoint: `${url}${path}`, keys: { p256dh, auth: subscription.auth.toString('base64url') } },
        messages: subscription.messages,
        headers: subscription.headers,
        until: (fits) => untilReceived(subscription, fits),
        expire() {
          subscription.isExpired = true;
        },
        get refused() {
          return subscription.refused;
        },
      };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function untilReceived(
  { messages, checks }: Subscription,
  fits: (message: ReceivedPush) => boolean,
): Promise<ReceivedPush> {
  return new Promise((resolve) => {
    const check = (): void => {
      const found = messages.find(fits);
      if (found === undefined) return;
      checks.delete(check);
      resolve(found);
    };
    checks.add(check);
    check();
  });
}
