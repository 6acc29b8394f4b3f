import { setTimeout as delay } from 'node:timers/promises';
import type { CursorVerdict, ErrorCode } from '@konui/protocol';
import { KonuiError } from '@konui/protocol';
import type { EventsPage } from '../../host.ts';
import { type EventBatch, toEventBatch } from './event-batch.ts';
import type { HubReader, SessionHub } from './session-hub.ts';

const PAGE_EVENTS = 1000;
const RETRY_MS = 250;
const AWAY_CODES: readonly ErrorCode[] = ['HOST_UNREACHABLE', 'TOO_MANY'];

/** Where a reader's events go: a socket that many readers share. */
export interface ReaderTarget {
  /** Its buffer is over the limit. */
  readonly isFull: boolean;
  /** Writes the batch's events above `seq`. */
  writeEvents(batch: EventBatch, seq: number): void;
  /** The next page may be asked for while this one is written. */
  readonly mayReadAhead: boolean;
  /** Runs tasks of all the target's readers one after the other, each when its buffer is empty enough. */
  inTurn(task: () => Promise<void>): Promise<void>;
}

export interface EventReaderOptions {
  readonly hub: SessionHub;
  readonly target: ReaderTarget;
  /** Everything up to here has been read already. */
  readonly cursor: number;
  /** Called once, when everything up to here has been written. */
  readonly caughtUpAt: number;
  readonly onCaughtUp: (seq: number) => void;
  readonly onReset: (verdict: CursorVerdict) => void;
  readonly onFailed: (error: KonuiError) => void;
}

/**
 * One socket's reading of one session. At the head it gets live frames; behind, or while its socket is slow, it gets
 * pages of the log until it is at the head again. Whether it is there is checked, and the switch made, within one
 * turn of the event loop: so there is neither a hole nor anything twice (SPEC GW5–GW7).
 */
export class EventReader implements HubReader {
  readonly #options: EventReaderOptions;
  readonly #closed = new AbortController();
  #cursor: number;
  /** The page after `seq`, asked for already. */
  #ahead: { readonly seq: number; readonly page: Promise<EventsPage | undefined> } | undefined;
  #isLive = false;
  #hasCaughtUp = false;

  constructor(options: EventReaderOptions) {
    this.#options = options;
    this.#cursor = options.cursor;
  }

  start(): void {
    this.#options.hub.add(this);
    this.#reportCaughtUp();
    void this.#catchUp();
  }

  close(): void {
    this.#closed.abort();
    this.#options.hub.remove(this);
  }

  onBatch(batch: EventBatch): void {
    // While it catches up, the head has moved for it; it will see that.
    if (!this.#isLive || batch.lastSeq <= this.#cursor) return;
    if (batch.firstSeq > this.#cursor + 1 || this.#options.target.isFull) this.onGap();
    else this.#write(batch);
  }

  onGap(): void {
    if (!this.#isLive) return;
    this.#isLive = false;
    void this.#catchUp();
  }

  onReset(verdict: CursorVerdict): void {
    this.#closed.abort();
    this.#options.onReset(verdict);
  }

  onGone(error: Error): void {
    this.#fail(error);
  }

  async #catchUp(): Promise<void> {
    const { hub, target } = this.#options;
    while (!this.#closed.signal.aborted) {
      // A cursor above the head is one whose events have not come by the stream yet; they will be left out.
      if (this.#cursor >= hub.head.seq) {
        this.#isLive = true;
        return;
      }
      try {
        await target.inTurn(() => this.#readPage());
      } catch (error) {
        return this.#fail(error);
      }
    }
  }

  async #readPage(): Promise<void> {
    const { hub } = this.#options;
    if (this.#closed.signal.aborted || this.#cursor >= hub.head.seq) return;
    const page = await this.#takePage();
    if (this.#closed.signal.aborted) return;
    // A page of another epoch, or none where there should be one: the log is no longer the one that the stream
    // spoke of. The host is about to say so by the stream, with the event that begins an epoch or with a verdict.
    const batch = page?.epoch === hub.head.epoch ? toEventBatch(page.lines, this.#cursor + 1) : undefined;
    if (batch === undefined) await this.#pause();
    else {
      this.#readAhead(batch.lastSeq);
      this.#write(batch);
    }
  }

  #takePage(): Promise<EventsPage | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    return ahead?.seq === this.#cursor ? ahead.page : this.#tryToRead(this.#cursor);
  }

  /** The host reads while this page is cut, encoded and written. */
  #readAhead(seq: number): void {
    const { hub, target } = this.#options;
    if (seq >= hub.head.seq || !target.mayReadAhead) return;
    const page = this.#tryToRead(seq);
    // Whoever takes it sees the failure; a reader that is closed before does not care.
    page.catch(() => undefined);
    this.#ahead = { seq, page };
  }

  /** Undefined while the host is away. */
  async #tryToRead(seq: number): Promise<EventsPage | undefined> {
    try {
      return await this.#options.hub.page(seq, PAGE_EVENTS);
    } catch (error) {
      if (error instanceof KonuiError && AWAY_CODES.includes(error.code)) return undefined;
      throw error;
    }
  }

  async #pause(): Promise<void> {
    const { signal } = this.#closed;
    await delay(RETRY_MS, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  #write(batch: EventBatch): void {
    this.#options.target.writeEvents(batch, this.#cursor);
    this.#cursor = batch.lastSeq;
    this.#reportCaughtUp();
  }

  #reportCaughtUp(): void {
    if (this.#hasCaughtUp || this.#cursor < this.#options.caughtUpAt) return;
    this.#hasCaughtUp = true;
    this.#options.onCaughtUp(this.#cursor);
  }

  #fail(error: unknown): void {
    if (this.#closed.signal.aborted) return;
    this.close();
    this.#options.onFailed(
      error instanceof KonuiError
        ? error
        : new KonuiError('INTERNAL_ERROR', 'the events could not be read', { cause: error }),
    );
  }
}
