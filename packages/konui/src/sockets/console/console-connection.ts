import { setTimeout as delay } from 'node:timers/promises';
import type {
  ConsoleImage,
  ConsoleServerMessage,
  Cursor,
  CursorVerdict,
  ErrorCode,
  KontaskSummary,
  SessionId,
} from '@konui/protocol';
import { ConsoleServerMessage as MessageSchema, KonuiError } from '@konui/protocol';
import type { Logger } from 'pino';
import type { Authorization } from '../../access/authorization.ts';
import type { AgentHost } from '../../host.ts';
import type { EventBatch } from '../chat/event-batch.ts';
import type { ReaderTarget } from '../chat/event-reader.ts';
import { InOrder } from '../chat/in-order.ts';
import { PageTurns } from '../chat/page-turns.ts';
import type { SessionHubs } from '../chat/session-hubs.ts';
import { Subscription, type SubscriptionFrame } from '../chat/subscription.ts';
import { encodeJson } from '../encode-frames.ts';
import type { AcceptedSocket } from '../socket-route.ts';
import { toKonuiError } from '../to-konui-error.ts';
import { EventTranslator } from './event-translator.ts';
import { MESSAGE_RIGHTS } from './message-rights.ts';
import { MessageWriter } from './message-writer.ts';
import type { NewestOrNew } from './newest-or-new.ts';
import { type CommandName, OwnCommands } from './own-commands.ts';
import { readImage } from './read-image.ts';
import { type ChosenSession, SessionChoice } from './session-choice.ts';
import { WaitingImages } from './waiting-images.ts';

const RETRY_MS = 500;

export interface ConsoleConnectionOptions {
  readonly accepted: AcceptedSocket;
  readonly host: AgentHost;
  readonly authorization: Authorization;
  readonly sessions: Pick<NewestOrNew, 'get'>;
  readonly hubs: SessionHubs;
  readonly log: Logger;
}

/** One console socket (SPEC CON): the session that it is for, and what is sent on it. */
export class ConsoleConnection implements ReaderTarget {
  readonly accepted: AcceptedSocket;
  /** Prompts and injects go on in the order in which they came. */
  readonly prompts = new InOrder();
  /** What came as binary frames. */
  readonly images: WaitingImages;
  readonly own = new OwnCommands();
  readonly #options: ConsoleConnectionOptions;
  readonly #choice: SessionChoice;
  readonly #turns: PageTurns;
  readonly #writer: MessageWriter;
  readonly #closed = new AbortController();
  /** Resolved when events have begun to follow, or it is known that they do not yet. */
  readonly #begun = Promise.withResolvers<void>();
  #subscription: Subscription | undefined;
  #translator: EventTranslator | undefined;
  #followed: SessionId | undefined;

  constructor(options: ConsoleConnectionOptions) {
    this.#options = options;
    this.accepted = options.accepted;
    const { authorization, accepted, host, sessions } = options;
    const { identity, transport, url } = accepted;
    this.#choice = new SessionChoice(sessions, url, {
      covers: (session) => authorization.covers(identity, session),
      check: (sessionId) => authorization.checkSession(identity, sessionId),
      mayCreate: authorization.may(identity, ['prompt']),
      checkProject: (projectPath) => authorization.checkProject(identity, projectPath),
      projects: authorization.accessOf(identity).bounds?.projectPaths ?? [],
    });
    this.#turns = new PageTurns(transport);
    const isBinary = url.searchParams.get('images') === 'binary';
    this.#writer = new MessageWriter({
      transport,
      readImage: isBinary ? (image) => this.#readImage(image) : undefined,
    });
    this.images = new WaitingImages({
      store: async (bytes) => {
        authorization.check(identity, ['prompt', 'inject']);
        return host.storeAttachment(await this.sessionId(), only(bytes));
      },
      onStored: (image, stored) => this.answer({ type: 'image_stored', image, ...stored }),
      onFailed: (image, error) => this.sendError(error, { image }),
    });
  }

  /** Events that come now are better read from the log later. */
  get isFull(): boolean {
    return this.accepted.transport.isFull || this.#writer.isHeld;
  }

  get mayReadAhead(): boolean {
    return this.#turns.mayReadAhead;
  }

  inTurn(task: () => Promise<void>): Promise<void> {
    return this.#turns.run(async () => {
      await this.#writer.settled();
      await task();
    });
  }

  writeEvents(batch: EventBatch, seq: number): void {
    this.#writer.write(batch.linesAfter(seq).flatMap((line) => this.#translator?.translate(line) ?? []));
  }

  /** Sends what has no place among the events: an answer, which waits for no image. */
  answer(message: ConsoleServerMessage): void {
    const { transport } = this.accepted;
    transport.write(encodeJson(message, transport.encode));
  }

  sendError(error: KonuiError, about: ErrorSubject = {}): void {
    this.answer(toErrorMessage(error, about));
  }

  /**
   * The session that commands go to; rejects with the reason why there is none. Resolves when its events follow, so that
   * what comes of a command is told however early it came.
   */
  async sessionId(): Promise<SessionId> {
    const { sessionId } = await this.#choice.get();
    await this.#begun.promise;
    return sessionId;
  }

  /** Tells of a kontask that belongs to this socket's session, or to none. */
  tellOf(kontask: KontaskSummary): void {
    const { authorization } = this.#options;
    const { identity } = this.accepted;
    const isForeign = kontask.sessionId !== undefined && kontask.sessionId !== this.#followed;
    if (isForeign || authorization.isBound(identity) || !authorization.may(identity, ['read'])) return;
    this.answer({ type: 'kontask', kontask });
  }

  /** Begins to send the session's events, as soon as the host is there. */
  async follow(): Promise<void> {
    const { signal } = this.#closed;
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      try {
        return await this.#open();
      } catch (error) {
        if (this.#isFinal(toKonuiError(error), isFirst)) return;
      } finally {
        this.#begun.resolve();
      }
      await delay(RETRY_MS, undefined, { signal }).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
    }
  }

  /** Ends the reading; the socket itself is closed by whoever opened it. */
  close(): void {
    this.#closed.abort();
    this.images.close();
    this.#subscription?.close();
  }

  record(type: string, about: { sessionId?: SessionId; commandId: string; code?: ErrorCode }): void {
    const { connectionId, identity } = this.accepted;
    this.#options.log.info({ connectionId, ...identity, type, ...about }, 'command');
  }

  /** Tells the client of a failure, of the host's absence only once. */
  #isFinal(failure: KonuiError, isFirst: boolean): boolean {
    const isAway = failure.code === 'HOST_UNREACHABLE';
    if (failure.code === 'INTERNAL_ERROR') {
      this.#options.log.error({ err: failure, connectionId: this.accepted.connectionId }, 'a session was not opened');
    }
    if (isFirst || !isAway) this.sendError(failure);
    return !isAway;
  }

  /** Who may not read is told nothing of the session but that commands are taken (SPEC CON12). */
  async #open(): Promise<void> {
    const { authorization } = this.#options;
    const { identity } = this.accepted;
    const mayRead = authorization.may(identity, ['read']);
    if (!mayRead) authorization.check(identity, Object.values(MESSAGE_RIGHTS).flat());
    const chosen = await this.#choice.get();
    if (mayRead) return this.#subscribe(chosen);
    // Rejects where there is no such session.
    await this.#endOf(chosen.sessionId);
    this.answer({ type: 'pong' });
  }

  async #subscribe({ sessionId, after, epoch }: ChosenSession): Promise<void> {
    const { host, hubs } = this.#options;
    const cursor = after === undefined ? await this.#endOf(sessionId) : { seq: after, epoch };
    const subscription = new Subscription({
      sessionId,
      host,
      hubs,
      target: this,
      send: (frame) => this.#begin(frame, { cursor, isResumed: after !== undefined }),
      onFailed: (error) => this.sendError(error),
    });
    if (this.#closed.signal.aborted) return;
    this.#subscription = subscription;
    this.#followed = sessionId;
    await subscription.start(cursor);
  }

  async #endOf(sessionId: SessionId): Promise<Cursor> {
    const { lastSeq, epoch } = await this.#options.host.sessionState(sessionId);
    return { seq: lastSeq, epoch: epoch ?? undefined };
  }

  /** What `/ws` would be told of the subscription, in this socket's words. */
  #begin(frame: SubscriptionFrame, from: { cursor: Cursor; isResumed: boolean }): void {
    if (frame.kind === 'chat_caught_up') {
      const status = this.#translator?.statusAt(frame.seq);
      if (status !== undefined) this.#writer.write([status]);
      return;
    }
    const { sessionId, epoch, lastSeq, pendingPermissions } = frame;
    const isFitting = frame.cursor === 'ok';
    const cursor = isFitting ? from.cursor.seq : 0;
    const isResumed = from.isResumed || !isFitting;
    this.#translator = new EventTranslator({ own: this.own, subscribed: frame, cursor, isResumed });
    this.#writer.write([{ type: 'session', sessionId, epoch, lastSeq }]);
    if (frame.cursor !== 'ok') this.#writer.write([toErrorMessage(toCursorError(frame.cursor), {})]);
    for (const permission of pendingPermissions) {
      const request = MessageSchema.safeParse({ ...permission, type: 'permission_request' });
      if (request.success && Number(permission['seq']) <= cursor) this.#writer.write([request.data]);
    }
  }

  async #readImage(image: ConsoleImage): Promise<Buffer | undefined> {
    try {
      const { sessionId } = await this.#choice.get();
      return await readImage(this.#options.host, sessionId, image);
    } catch (error) {
      const { connectionId } = this.accepted;
      this.#options.log.info({ err: error, connectionId, attachment: image.attachment }, 'an image was not read');
      return undefined;
    }
  }
}

/** What an error is about. */
export interface ErrorSubject extends CommandName {
  readonly idempotencyKey?: string;
  readonly image?: number;
}

function toErrorMessage({ code, message, isRetryable }: KonuiError, about: ErrorSubject): ConsoleServerMessage {
  return { type: 'error', code, error: message, retryable: isRetryable, ...about };
}

async function* only(bytes: Buffer): AsyncIterable<Uint8Array> {
  yield bytes;
}

function toCursorError(verdict: Exclude<CursorVerdict, 'ok'>): KonuiError {
  const detail = 'forget what you know of the session, its events follow from the first';
  return verdict === 'ahead'
    ? new KonuiError('CURSOR_AHEAD', `the cursor lies beyond the end of the log; ${detail}`)
    : new KonuiError('CURSOR_GONE', `the cursor lies in a history that is gone; ${detail}`);
}
