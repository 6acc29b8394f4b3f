import { setTimeout as delay } from 'node:timers/promises';
import type { Cursor, CursorVerdict, GatewayFrame, SessionId, SessionStateView } from '@konui/protocol';
import { KonuiError } from '@konui/protocol';
import type { AgentHost } from '../../host.ts';
import { EventReader, type ReaderTarget } from './event-reader.ts';
import type { SessionHubs } from './session-hubs.ts';

const RETRY_MS = 500;

export type SubscriptionFrame = Extract<GatewayFrame, { kind: 'chat_subscribed' | 'chat_caught_up' }>;

export interface SubscriptionOptions {
  readonly sessionId: SessionId;
  readonly host: AgentHost;
  readonly hubs: SessionHubs;
  readonly target: ReaderTarget;
  readonly send: (frame: SubscriptionFrame) => void;
  /** It ended by itself; the client has to subscribe again, if that makes sense at all. */
  readonly onFailed: (error: KonuiError) => void;
}

/** What one socket gets of one session (SPEC GW5), until it is closed. */
export class Subscription {
  readonly #options: SubscriptionOptions;
  readonly #closed = new AbortController();
  #reader: EventReader | undefined;

  constructor(options: SubscriptionOptions) {
    this.#options = options;
  }

  /** Throws the host's error, such as SESSION_NOT_FOUND. */
  async start(cursor: Cursor): Promise<void> {
    const state = await this.#options.host.sessionState(this.#options.sessionId);
    const verdict = await this.#judge(cursor, state);
    this.#begin(state, verdict, verdict === 'ok' ? cursor.seq : 0);
  }

  close(): void {
    this.#closed.abort();
    this.#reader?.close();
  }

  #begin(state: SessionStateView, verdict: CursorVerdict, seq: number): void {
    if (this.#closed.signal.aborted) return;
    const { sessionId, hubs, target, send, onFailed } = this.#options;
    const { epoch, lastSeq, isProcessing, pendingPermissions, pendingElicitations } = state;
    this.#reader = new EventReader({
      hub: hubs.get(sessionId, { epoch, seq: lastSeq }),
      target,
      cursor: seq,
      caughtUpAt: lastSeq,
      onCaughtUp: (reached) => send({ kind: 'chat_caught_up', sessionId, seq: reached }),
      onReset: (reason) => void this.#startOver(reason),
      onFailed,
    });
    const pending = { isProcessing, pendingPermissions, pendingElicitations };
    send({ kind: 'chat_subscribed', sessionId, epoch, lastSeq, cursor: verdict, ...pending });
    this.#reader.start();
  }

  /** The log became another one while it was read: the client forgets what it knows and gets everything from 1. */
  async #startOver(verdict: CursorVerdict): Promise<void> {
    while (!this.#closed.signal.aborted) {
      try {
        this.#begin(await this.#options.host.sessionState(this.#options.sessionId), verdict, 0);
        return;
      } catch (error) {
        const failure =
          error instanceof KonuiError
            ? error
            : new KonuiError('INTERNAL_ERROR', 'the session could not be read', { cause: error });
        if (failure.code !== 'HOST_UNREACHABLE') {
          if (!this.#closed.signal.aborted) this.#options.onFailed(failure);
          return;
        }
        await delay(RETRY_MS, undefined, { signal: this.#closed.signal }).catch((reason: unknown) => {
          if (!this.#closed.signal.aborted) throw reason;
        });
      }
    }
  }

  async #judge(cursor: Cursor, state: SessionStateView): Promise<CursorVerdict> {
    if (cursor.seq === 0) return 'ok';
    if (cursor.epoch === undefined || cursor.epoch === state.epoch) return cursor.seq > state.lastSeq ? 'ahead' : 'ok';
    // Only the host knows where the older epochs ended.
    return this.#options.host.judgeCursor(this.#options.sessionId, cursor);
  }
}
