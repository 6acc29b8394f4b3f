import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Agent } from 'undici';
import type { EndpointGuard } from './endpoint-guard.ts';
import type { PushKeys } from './push-keys.ts';
import type { NewPushSubscription } from './push-subscriptions.ts';

/** A push service that does not answer within this has lost the message; the next one may get through. */
const TIMEOUT_MS = 10_000;
const RETRY_MS = 2_000;
/** Messages under way; beyond it they are dropped: whoever floods gets no faster. */
const MAX_UNDER_WAY = 200;
const TTL_S = 24 * 60 * 60;
/** An answer that nobody reads has this much room. */
const MAX_ANSWER_BYTES = 16 * 1024;

export interface PushMessage {
  readonly payload: string;
  readonly tag: string;
  /** Wakes a phone that saves its battery (RFC 8030, section 5.3). */
  readonly isUrgent: boolean;
}

/** `gone`: the push service says that nobody listens there any more. */
export type PushOutcome = 'sent' | 'failed' | 'gone';

export interface PushSenderOptions {
  readonly keys: PushKeys;
  /** `mailto:` or `https:`, where a push service reaches whoever runs this (RFC 8292, section 2.1). */
  readonly contact: string;
  readonly guard: EndpointGuard;
  readonly log: Logger;
}

/** Encrypts a message for one subscription (RFC 8291) and hands it to its push service (RFC 8030). */
export class PushSender {
  readonly #options: PushSenderOptions;
  readonly #agent: Agent;
  readonly #closed = new AbortController();
  #underWay = 0;

  constructor(options: PushSenderOptions) {
    this.#options = options;
    this.#agent = new Agent({ connect: { lookup: options.guard.lookup, timeout: TIMEOUT_MS } });
  }

  /** Never rejects: what goes wrong is logged, without the endpoint's secret path. */
  async send(subscription: NewPushSubscription, message: PushMessage): Promise<PushOutcome> {
    if (this.#underWay >= MAX_UNDER_WAY || this.#closed.signal.aborted) return 'failed';
    this.#underWay += 1;
    try {
      return (await this.#trySend(subscription, message)) ?? (await this.#sendAgain(subscription, message));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#options.log.warn({ service: originOf(subscription.endpoint), reason }, 'a notification was not sent');
      return 'failed';
    } finally {
      this.#underWay -= 1;
    }
  }

  async close(): Promise<void> {
    this.#closed.abort();
    await this.#agent.destroy();
  }

  async #sendAgain(subscription: NewPushSubscription, message: PushMessage): Promise<PushOutcome> {
    await delay(RETRY_MS, undefined, { signal: this.#closed.signal });
    return (await this.#trySend(subscription, message)) ?? 'failed';
  }

  /** Undefined where it may work in a while. */
  async #trySend({ endpoint, keys }: NewPushSubscription, message: PushMessage): Promise<PushOutcome | undefined> {
    const { contact, guard, log } = this.#options;
    guard.check(endpoint);
    // Most gateways never send any.
    const { default: webPush } = await import('web-push');
    const details = webPush.generateRequestDetails({ endpoint, keys }, message.payload, {
      vapidDetails: { subject: contact, ...this.#options.keys },
      contentEncoding: 'aes128gcm',
      TTL: TTL_S,
      urgency: message.isUrgent ? 'high' : 'normal',
      // What was not delivered yet is replaced: at most 32 characters of base64url (RFC 8030, section 5.4).
      topic: createHash('sha256').update(message.tag).digest('base64url').slice(0, 32),
    });
    const { origin, pathname, search } = new URL(endpoint);
    const answer = await this.#agent.request({
      origin,
      path: pathname + search,
      method: 'POST',
      headers: Object.entries(details.headers).flatMap(([name, value]) => [name, String(value)]),
      body: details.body,
      headersTimeout: TIMEOUT_MS,
      bodyTimeout: TIMEOUT_MS,
      signal: AbortSignal.any([this.#closed.signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await answer.body.dump({ limit: MAX_ANSWER_BYTES });
    const { statusCode: status } = answer;
    if (status < 300) return 'sent';
    if (status === 404 || status === 410) return 'gone';
    log.warn({ service: origin, status }, 'a push service refused a notification');
    return status === 429 || status >= 500 ? undefined : 'failed';
  }
}

function originOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).origin : 'unknown';
}
