import { createHash } from 'node:crypto';
import {
  CommandId,
  type InjectAnswer,
  type InjectRequest,
  KonuiError,
  newId,
  type Origin,
  PromptId,
  type SessionId,
  toPromptContent,
} from '@konui/protocol';
import type { AgentHost } from '../host.ts';
import { injectDepth } from './inject-depth.ts';
import type { InjectStore, StoredInject } from './inject-store.ts';
import { proposeInject, type Reviews } from './propose-inject.ts';
import type { RateLimit } from './rate-limit.ts';

export interface InjectorOptions {
  readonly host: Pick<AgentHost, 'sendPrompt' | 'changeQueue' | 'sessionState' | 'history'>;
  readonly store: InjectStore;
  /** Hold what waits for a review. */
  readonly reviews: Reviews;
  readonly rateLimit: RateLimit;
  readonly now: () => Date;
}

/** Who injects. */
export interface InjectSender {
  /** `''` for the user of platform mode. */
  readonly tokenId: string;
  /** What the origin is called where the request does not say. */
  readonly name: string;
  /** Its prompts are sent by a person alone. */
  readonly needsReview: boolean;
  /** The session where the request names none; rejects with SESSION_NOT_FOUND. */
  readonly newestSession: () => Promise<SessionId>;
  /** Rejects with FORBIDDEN. */
  readonly checkSession: (sessionId: SessionId) => Promise<void>;
}

/** Pushes prompts of scripts into sessions (SPEC INJ). */
export class Injector {
  readonly #options: InjectorOptions;

  constructor(options: InjectorOptions) {
    this.#options = options;
  }

  async inject(request: InjectRequest, sender: InjectSender): Promise<InjectAnswer> {
    const { host, store, now } = this.#options;
    if (sender.needsReview) return this.#propose(request, sender);
    const { idempotencyKey: key, policy } = request;
    const sha256 = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const known = key === undefined ? undefined : store.find(sender.tokenId, key);
    if (known !== undefined && known.sha256 !== sha256) {
      throw new KonuiError('IDEMPOTENCY_CONFLICT', 'this idempotencyKey was used for another prompt');
    }
    if (known === undefined) this.#checkRate(sender);
    const inject = known ?? (await this.#decide(request, sender, sha256));
    const depth = await injectDepth(request.causedBy, host);
    if (known === undefined && key !== undefined) {
      store.add(sender.tokenId, key, { inject, nowMs: now().getTime() });
    }
    const by = toOrigin(request, sender, depth);
    const { sessionId, promptId } = inject;
    await host.sendPrompt(sessionId, {
      commandId: CommandId.parse(promptId),
      by,
      content: toPromptContent(request.text, request.images ?? []),
    });
    if (policy !== 'queue') await this.#hasten(inject, policy, by);
    return { sessionId, promptId, policy };
  }

  async #propose(request: InjectRequest, sender: InjectSender): Promise<InjectAnswer> {
    const { host, reviews } = this.#options;
    this.#checkRate(sender);
    const sessionId = request.sessionId ?? (await sender.newestSession());
    await sender.checkSession(sessionId);
    const depth = await injectDepth(request.causedBy, host);
    return proposeInject(reviews, request, { sessionId, by: toOrigin(request, sender, depth) });
  }

  async #decide(request: InjectRequest, sender: InjectSender, sha256: string): Promise<StoredInject> {
    const sessionId = request.sessionId ?? (await sender.newestSession());
    await sender.checkSession(sessionId);
    return { sha256, sessionId, promptId: newId(PromptId), followUpId: newId(CommandId) };
  }

  /** Where nothing runs the prompt has begun, and there is nothing to hasten. */
  async #hasten({ sessionId, promptId, followUpId }: StoredInject, policy: 'steer' | 'interrupt', by: Origin) {
    const { host } = this.#options;
    try {
      if (policy === 'interrupt') {
        await host.changeQueue(sessionId, { commandId: followUpId, by, change: { action: 'send_now', promptId } });
        return;
      }
      const { queue } = await host.sessionState(sessionId);
      const [first] = queue;
      if (first === undefined || first.promptId === promptId) return;
      const change = { action: 'move', promptId, before: first.promptId } as const;
      await host.changeQueue(sessionId, { commandId: followUpId, by, change });
    } catch (error) {
      if (!(error instanceof KonuiError) || error.code !== 'PROMPT_NOT_QUEUED') throw error;
    }
  }

  #checkRate({ tokenId }: InjectSender): void {
    const waitMs = this.#options.rateLimit.take(tokenId);
    if (waitMs === undefined) return;
    const retryAfterS = Math.ceil(waitMs / 1000);
    const detail = `this access token injects too often; try again in ${retryAfterS} s`;
    throw new KonuiError('TOO_MANY', detail, { retryAfterS });
  }
}

function toOrigin({ origin }: InjectRequest, { name, tokenId }: InjectSender, depth: number) {
  return { type: 'inject' as const, name: origin ?? name, ...(tokenId === '' ? {} : { tokenId }), depth };
}
