import type { Cursor, ErrorCode, GatewayFrame, SessionId } from '@konui/protocol';
import { KonuiError, LIMITS } from '@konui/protocol';
import type { Logger } from 'pino';
import type { AgentHost } from '../../host.ts';
import type { Identity } from '../../identity.ts';
import { encodeJson } from '../encode-frames.ts';
import type { SharedFrames } from '../shared-frames.ts';
import { toKonuiError } from '../to-konui-error.ts';
import type { AcceptedClient, Transport } from '../transport.ts';
import type { EventBatch } from './event-batch.ts';
import type { ReaderTarget } from './event-reader.ts';
import { InOrder } from './in-order.ts';
import { PageTurns } from './page-turns.ts';
import type { SessionHubs } from './session-hubs.ts';
import { Subscription } from './subscription.ts';

export interface ChatConnectionOptions {
  readonly client: AcceptedClient;
  readonly host: AgentHost;
  readonly hubs: SessionHubs;
  readonly log: Logger;
  /** Whoever looked at this session here looks elsewhere now. */
  readonly onLookedAway: (sessionId: SessionId) => void;
}

export interface Visibility {
  readonly isVisible: boolean;
  /** The session that is shown. */
  readonly sessionId?: SessionId | undefined;
}

/** One client of the chat gateway: what is sent to it, and what it is subscribed to. */
export class ChatConnection implements ReaderTarget {
  readonly identity: Identity;
  readonly connectionId: string;
  /** Prompts to one session go on in the order in which they came. */
  readonly prompts = new InOrder();
  readonly #options: ChatConnectionOptions;
  readonly #transport: Transport;
  readonly #subscriptions = new Map<SessionId, Subscription>();
  /** Broadcasts for a socket that is full: of each subject only the latest. */
  readonly #deferred = new Map<string, SharedFrames>();
  readonly #turns: PageTurns;
  /** As the client says itself. */
  #visibility: Visibility = { isVisible: false };

  constructor(options: ChatConnectionOptions) {
    this.#options = options;
    this.#transport = options.client.transport;
    this.#turns = new PageTurns(this.#transport);
    this.identity = options.client.identity;
    this.connectionId = options.client.connectionId;
  }

  get isFull(): boolean {
    return this.#transport.isFull;
  }

  /** Whether a person looks at this session here. */
  shows(sessionId: string): boolean {
    return this.#visibility.isVisible && this.#visibility.sessionId === sessionId;
  }

  look(visibility: Visibility): void {
    const before = this.#visibility.sessionId;
    const wasShown = before !== undefined && this.shows(before);
    this.#visibility = visibility;
    if (wasShown && !this.shows(before)) this.#options.onLookedAway(before);
  }

  writeEvents(batch: EventBatch, seq: number): void {
    this.#transport.write(batch.after(seq, this.#transport.encode));
  }

  send(frame: GatewayFrame): void {
    this.#transport.write(encodeJson(frame, this.#transport.encode));
  }

  sendError(error: KonuiError, about: { sessionId?: string; commandId?: string } = {}): void {
    this.send({
      kind: 'protocol_error',
      code: error.code,
      error: error.message,
      retryable: error.isRetryable,
      ...about,
    });
  }

  /** Sends now, or, to a socket that reads slowly, the latest frame of each subject once it has caught up. */
  sendLatest(subject: string, frame: SharedFrames): void {
    if (!this.isFull && this.#deferred.size === 0) return this.#writeShared(frame);
    const isFirst = this.#deferred.size === 0;
    this.#deferred.set(subject, frame);
    if (isFirst) void this.#sendDeferred();
  }

  get mayReadAhead(): boolean {
    return this.#turns.mayReadAhead;
  }

  inTurn(task: () => Promise<void>): Promise<void> {
    return this.#turns.run(task);
  }

  /** Answers with `chat_subscribed` and the events, or with an error. Subscribing again replaces the cursor. */
  async subscribe(sessionId: SessionId, cursor: Cursor): Promise<void> {
    this.unsubscribe(sessionId);
    if (this.#subscriptions.size >= LIMITS.maxSubscriptionsPerSocket) {
      const detail = `a socket may be subscribed to ${LIMITS.maxSubscriptionsPerSocket} sessions; unsubscribe from some`;
      return this.sendError(new KonuiError('TOO_MANY', detail), { sessionId });
    }
    const onFailed = (error: KonuiError): void => {
      if (this.#subscriptions.get(sessionId) !== subscription) return;
      this.unsubscribe(sessionId);
      this.sendError(error, { sessionId });
    };
    const { host, hubs } = this.#options;
    const subscription = new Subscription({
      sessionId,
      host,
      hubs,
      target: this,
      send: (frame) => this.send(frame),
      onFailed,
    });
    this.#subscriptions.set(sessionId, subscription);
    try {
      await subscription.start(cursor);
    } catch (error) {
      onFailed(toKonuiError(error));
    }
  }

  unsubscribe(sessionId: SessionId): void {
    this.#subscriptions.get(sessionId)?.close();
    this.#subscriptions.delete(sessionId);
  }

  /** Forgets the subscriptions; the connection itself is closed by whoever opened it. */
  close(): void {
    this.look({ isVisible: false });
    for (const subscription of this.#subscriptions.values()) subscription.close();
    this.#subscriptions.clear();
    this.#deferred.clear();
  }

  record(type: string, about: { sessionId: SessionId; commandId: string; code?: ErrorCode }): void {
    this.#options.log.info({ connectionId: this.connectionId, ...this.identity, type, ...about }, 'command');
  }

  #writeShared(frame: SharedFrames): void {
    this.#transport.write(frame.as(this.#transport.encode).bytes);
  }

  async #sendDeferred(): Promise<void> {
    while (this.#deferred.size > 0 && this.#transport.isOpen) {
      await this.#transport.drained();
      for (const [subject, frame] of this.#deferred) {
        if (this.isFull) break;
        this.#deferred.delete(subject);
        this.#writeShared(frame);
      }
    }
  }
}
