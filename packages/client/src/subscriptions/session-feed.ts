import type { ChatSubscribed, Cursor, SessionEvent } from '@konui/protocol';
import { guard } from '../listeners.ts';
import { ReplayCursor } from './replay-cursor.ts';

/** What a subscriber hears of one session, in this order: subscribed, (reset,) events, caught up, events. */
export interface Subscriber {
  /** Each event once and in order; `line` is byte for byte the session's log line. */
  readonly onEvent: (event: SessionEvent, line: string) => void;
  /** Forget everything: the session's events follow from the first. */
  readonly onReset?: (() => void) | undefined;
  /** All that was missing has been delivered; again after every reconnect. */
  readonly onCaughtUp?: (() => void) | undefined;
  readonly onSubscribed?: ((state: ChatSubscribed) => void) | undefined;
  /** The session could not be subscribed to: SESSION_NOT_FOUND, SESSION_GONE, TOO_MANY. Others are tried again. */
  readonly onError?: ((code: string, message: string) => void) | undefined;
}

export interface Reader {
  readonly subscriber: Subscriber;
  readonly cursor: ReplayCursor;
  isCaughtUp: boolean;
}

/** The readers of one session behind one wire subscription, each with a cursor of its own. */
export class SessionFeed {
  readonly readers = new Set<Reader>();
  readonly #report: (error: unknown) => void;
  /** A subscribe is sent and not yet answered: until then events may belong to an older one. */
  #isAwaiting = false;
  /** Seq of the last subscribe that was sent. */
  #sentSeq = 0;
  /** The server has found the most advanced reader's cursor good, and with it every earlier one. */
  #isVerified = false;
  /** A reader has come from further ahead since the last subscribe was sent. */
  #isOvertaken = false;
  /** Where the log ended when the server answered the last subscribe. */
  #endSeq = 0;
  /** Attempts in a row that brought nothing new. */
  fruitless = 0;
  cancelRetry: (() => void) | undefined;
  cancelAnswerTimeout: (() => void) | undefined;

  constructor(report: (error: unknown) => void) {
    this.#report = report;
  }

  get isAwaiting(): boolean {
    return this.#isAwaiting;
  }

  add(subscriber: Subscriber, from: Cursor | undefined): Reader {
    // A cursor of another epoch than the others' would have the server judge them all by it: begin anew instead.
    const foremost = this.#foremost();
    const fits = from?.epoch === undefined || foremost?.epoch === undefined || from.epoch === foremost.epoch;
    const reader: Reader = { subscriber, cursor: new ReplayCursor(fits ? from : undefined), isCaughtUp: false };
    this.readers.add(reader);
    if (reader.cursor.seq > (foremost?.seq ?? 0)) this.#isOvertaken = true;
    if (!fits) guard(this.#report, () => subscriber.onReset?.());
    return reader;
  }

  /**
   * The cursor for a subscribe about to be sent. First the foremost reader's, since a verdict on an earlier one says
   * nothing of it; then, once that is good, the hindmost's, so that nobody misses anything.
   */
  takeWireCursor(): Cursor {
    const foremost = this.#foremost();
    if (this.#isOvertaken) this.#isVerified = false;
    this.#isOvertaken = false;
    const seq = this.#isVerified ? this.#leastSeq() : (foremost?.seq ?? 0);
    this.#isAwaiting = true;
    this.#sentSeq = seq;
    return foremost?.epoch === undefined ? { seq } : { seq, epoch: foremost.epoch };
  }

  /** The server owes no answer any more, or will never give it. */
  stopTimers(): void {
    this.#isAwaiting = false;
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    this.cancelAnswerTimeout?.();
    this.cancelAnswerTimeout = undefined;
  }

  /** A new socket: nothing is subscribed, and the log may be another one. */
  onDrop(): void {
    this.stopTimers();
    this.#isVerified = false;
    this.#endSeq = 0;
    this.fruitless = 0;
    for (const reader of this.readers) reader.isCaughtUp = false;
  }

  /** How many events the hindmost reader still lacks of those that the server spoke of. */
  get missing(): number {
    const lacking = [...this.readers].filter(({ isCaughtUp }) => !isCaughtUp);
    return Math.max(0, ...lacking.map(({ cursor }) => this.#endSeq - cursor.seq));
  }

  /** True when a reader stands before what the wire will send, so that the wire has to begin earlier. */
  onSubscribed(frame: ChatSubscribed): boolean {
    this.#answered();
    this.#endSeq = frame.lastSeq;
    for (const reader of this.readers) {
      guard(this.#report, () => reader.subscriber.onSubscribed?.(frame));
      if (frame.cursor !== 'ok') {
        reader.cursor.restart();
        reader.isCaughtUp = false;
        guard(this.#report, () => reader.subscriber.onReset?.());
      }
      reader.cursor.adopt(frame.epoch);
    }
    this.#isVerified = !this.#isOvertaken;
    return frame.cursor === 'ok' && this.#leastSeq() < this.#sentSeq;
  }

  /** True when a reader lacks an event before this one. */
  onEvent(event: SessionEvent, line: string): boolean {
    let hasGap = false;
    for (const reader of this.readers) {
      const admission = reader.cursor.admit(event);
      if (admission === 'gap') hasGap = true;
      if (admission !== 'apply') continue;
      this.fruitless = 0;
      guard(this.#report, () => reader.subscriber.onEvent(event, line));
    }
    return hasGap && !this.#isAwaiting;
  }

  onCaughtUp(seq: number): void {
    if (this.#isAwaiting) return;
    for (const reader of this.readers) {
      if (reader.isCaughtUp || reader.cursor.seq < seq) continue;
      reader.isCaughtUp = true;
      guard(this.#report, () => reader.subscriber.onCaughtUp?.());
    }
  }

  /** The subscribe was refused; the error goes to the readers unless it will be tried again. */
  onRefused(error: { code: string; message: string } | undefined): void {
    this.#answered();
    if (error === undefined) return;
    for (const reader of this.readers) {
      guard(this.#report, () => reader.subscriber.onError?.(error.code, error.message));
    }
  }

  #answered(): void {
    this.#isAwaiting = false;
    this.cancelAnswerTimeout?.();
  }

  #foremost(): Cursor | undefined {
    let foremost: ReplayCursor | undefined;
    for (const { cursor } of this.readers) if (foremost === undefined || cursor.seq > foremost.seq) foremost = cursor;
    return foremost?.position;
  }

  #leastSeq(): number {
    let least = Infinity;
    for (const { cursor } of this.readers) least = Math.min(least, cursor.seq);
    return least === Infinity ? 0 : least;
  }
}
