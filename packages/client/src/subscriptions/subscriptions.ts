import { type ClientFrameInput, type Cursor, type GatewayFrame, LIMITS, type SessionEvent } from '@konui/protocol';
import type { Clock } from '../clock.ts';
import { SessionFeed, type Subscriber } from './session-feed.ts';

/** A server that does not answer a subscribe for this long is asked again. */
const ANSWER_TIMEOUT_MS = 30_000;

export interface SubscriptionsOptions {
  readonly clock: Clock;
  readonly retryDelayMs: (failures: number) => number;
  readonly send: (frame: ClientFrameInput) => boolean;
  readonly report: (error: unknown) => void;
  /** The last reader of a session left. */
  readonly onUnwatched: (sessionId: string) => void;
}

/** Unsubscribes; `cursor()` is the reader's position, for a later `from`. */
export type Unsubscribe = (() => void) & { readonly cursor: () => Cursor };

/** All session subscriptions of one connection: one on the wire for each session, however many readers it has. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #feeds = new Map<string, SessionFeed>();
  /** Sessions whose subscription on the wire has to change; sent together at the end of the turn. */
  readonly #dirty = new Set<string>();
  readonly #onWire = new Set<string>();
  #isFlushing = false;
  #isLive = false;

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  subscribe(sessionId: string, subscriber: Subscriber, from: Cursor | undefined): Unsubscribe {
    const feed = this.#feeds.get(sessionId) ?? new SessionFeed(this.#options.report);
    this.#feeds.set(sessionId, feed);
    const reader = feed.add(subscriber, from);
    this.#resubscribe(sessionId);
    const unsubscribe = () => {
      if (!feed.readers.delete(reader) || feed.readers.size > 0) return;
      feed.stopTimers();
      this.#feeds.delete(sessionId);
      this.#resubscribe(sessionId);
      this.#options.onUnwatched(sessionId);
    };
    return Object.assign(unsubscribe, { cursor: () => reader.cursor.position });
  }

  isWatched(sessionId: string): boolean {
    return this.#feeds.has(sessionId);
  }

  /** Whether somebody here has everything of the session. */
  isCaughtUp(sessionId: string): boolean {
    const readers = this.#feeds.get(sessionId)?.readers ?? [];
    return [...readers].some(({ isCaughtUp }) => isCaughtUp);
  }

  /** Events that are still on their way to readers who were behind, in all sessions. */
  get missing(): number {
    let missing = 0;
    for (const feed of this.#feeds.values()) missing += feed.missing;
    return missing;
  }

  onLive(): void {
    this.#isLive = true;
    for (const sessionId of this.#feeds.keys()) this.#dirty.add(sessionId);
    this.#flush();
  }

  onDrop(): void {
    this.#isLive = false;
    this.#onWire.clear();
    this.#dirty.clear();
    for (const feed of this.#feeds.values()) feed.onDrop();
  }

  onEvent(event: SessionEvent, line: string): void {
    const feed = this.#feeds.get(event.sessionId);
    if (feed?.onEvent(event, line) === true) this.#retry(event.sessionId, feed);
  }

  onFrame(frame: GatewayFrame): void {
    switch (frame.kind) {
      case 'chat_subscribed': {
        const feed = this.#feeds.get(frame.sessionId);
        if (feed?.onSubscribed(frame) === true || this.#dirty.has(frame.sessionId)) this.#resubscribe(frame.sessionId);
        return;
      }
      case 'chat_caught_up':
        this.#feeds.get(frame.sessionId)?.onCaughtUp(frame.seq);
        return;
      case 'protocol_error': {
        if (frame.commandId !== undefined || frame.sessionId === undefined) return;
        const feed = this.#feeds.get(frame.sessionId);
        if (feed === undefined) return;
        feed.onRefused(frame.retryable ? undefined : { code: frame.code, message: frame.error });
        if (this.#dirty.has(frame.sessionId)) this.#resubscribe(frame.sessionId);
        else if (frame.retryable) this.#retry(frame.sessionId, feed);
        return;
      }
      case 'server_notice':
        // What failed for want of the host is worth asking again at once.
        if (frame.notice !== 'host_back') return;
        for (const [sessionId, feed] of this.#feeds) if (feed.cancelRetry !== undefined) this.#resubscribe(sessionId);
        return;
      case 'server_hello':
      case 'chat_accepted':
      case 'read_marked':
      case 'kontask_upserted':
      case 'kontask_removed':
      case 'kontask_layouts_changed':
      case 'session_upserted':
      case 'session_removed':
      case 'loading_progress':
      case 'pong':
        return;
    }
  }

  /** The first time at once; again without progress only after a pause, so that a broken server is not hammered. */
  #retry(sessionId: string, feed: SessionFeed): void {
    if (feed.cancelRetry !== undefined) return;
    feed.fruitless += 1;
    const delayMs = feed.fruitless === 1 ? 0 : this.#options.retryDelayMs(feed.fruitless - 1);
    if (delayMs === 0) this.#resubscribe(sessionId);
    else feed.cancelRetry = this.#options.clock.setTimeout(() => this.#resubscribe(sessionId), delayMs);
  }

  #resubscribe(sessionId: string): void {
    const feed = this.#feeds.get(sessionId);
    feed?.cancelRetry?.();
    if (feed !== undefined) feed.cancelRetry = undefined;
    this.#dirty.add(sessionId);
    if (this.#isFlushing || !this.#isLive) return;
    this.#isFlushing = true;
    queueMicrotask(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  #flush(): void {
    if (!this.#isLive) return;
    const wanted: { sessionId: string; lastSeq: number; epoch?: string }[] = [];
    const unwanted: { sessionId: string }[] = [];
    for (const sessionId of this.#dirty) {
      const feed = this.#feeds.get(sessionId);
      // One that is replaced before its answer may never get one, and then nobody knows what the next answers.
      if (feed?.isAwaiting === true) continue;
      this.#dirty.delete(sessionId);
      if (feed !== undefined) {
        const { seq, epoch } = feed.takeWireCursor();
        wanted.push(epoch === undefined ? { sessionId, lastSeq: seq } : { sessionId, lastSeq: seq, epoch });
        this.#onWire.add(sessionId);
        feed.cancelAnswerTimeout?.();
        feed.cancelAnswerTimeout = this.#options.clock.setTimeout(() => {
          feed.stopTimers();
          this.#resubscribe(sessionId);
        }, ANSWER_TIMEOUT_MS);
      } else if (this.#onWire.delete(sessionId)) unwanted.push({ sessionId });
    }
    const most = LIMITS.maxSubscriptionsPerSocket;
    for (let at = 0; at < unwanted.length; at += most) {
      this.#options.send({ type: 'chat.unsubscribe', sessions: unwanted.slice(at, at + most) });
    }
    for (let at = 0; at < wanted.length; at += most) {
      this.#options.send({ type: 'chat.subscribe', sessions: wanted.slice(at, at + most) });
    }
  }
}
