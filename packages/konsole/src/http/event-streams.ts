import { type Cursor, type CursorVerdict, judgeCursor, type SessionId, type StreamOpened } from '@konui/protocol';
import { encodeEvents, type Epoch, type EventPage } from './encode-events.ts';
import { SseResponse, type SseTarget } from './sse-response.ts';

/** Read at once while a slow reader is caught up; also what it may have beyond its limit in memory. */
const CATCH_UP_BYTES = 256 * 1024;

/** A session's log, followed. What `lastSeq` covers has been folded, so that its epochs are known. */
export interface SessionWatch {
  readonly lastSeq: number;
  readonly epochs: readonly (Epoch & { readonly bootId: string })[];
  readAfter(seq: number, limits: { maxEvents: number; maxBytes: number }): EventPage;
  close(): void;
}

export interface WatchListener {
  /** The log grew by these lines. */
  onPage(page: EventPage): void;
  /** The log lost lines that were delivered: cursors have to be judged again. */
  onCut(): void;
}

export interface StreamRoutes {
  /** Resolves when the whole log that is on the disk has been folded. */
  watch(sessionId: SessionId, listener: WatchListener): Promise<SessionWatch>;
}

/** All open event streams. Each has a watch of its own on a follower that they share; lines are encoded once for all at the head. */
export class EventStreams {
  readonly #watch: StreamRoutes['watch'];
  readonly #open = new Set<EventStream>();
  #encoded: { page: EventPage; bytes: Buffer } | undefined;

  constructor(watch: StreamRoutes['watch']) {
    this.#watch = watch;
  }

  /** Begins a stream on `target` with the verdict on the cursor (SPEC HOST4); rejects before anything is written. */
  async open(sessionId: SessionId, cursor: Cursor, target: SseTarget): Promise<void> {
    const stream = new EventStream({
      encode: (page, epochs) => this.#encode(page, epochs),
      onClose: () => this.#open.delete(stream),
    });
    const watch = await this.#watch(sessionId, stream);
    if (target.destroyed) {
      watch.close();
      return;
    }
    this.#open.add(stream);
    stream.begin(sessionId, watch, { cursor, target });
  }

  close(): void {
    for (const stream of this.#open) stream.end();
  }

  #encode(page: EventPage, epochs: readonly Epoch[]): Buffer {
    if (this.#encoded?.page !== page) this.#encoded = { page, bytes: encodeEvents(page, epochs) };
    return this.#encoded.bytes;
  }
}

interface StreamOptions {
  readonly encode: (page: EventPage, epochs: readonly Epoch[]) => Buffer;
  readonly onClose: () => void;
}

/** One reader: a cursor and a response. Behind the head it reads pages from the file, at the head it gets what arrives. */
class EventStream implements WatchListener {
  readonly #options: StreamOptions;
  #watch: SessionWatch | undefined;
  #response: SseResponse | undefined;
  #seq = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  begin(sessionId: SessionId, watch: SessionWatch, { cursor, target }: { cursor: Cursor; target: SseTarget }): void {
    this.#watch = watch;
    const response = new SseResponse(target, {
      onDrain: () => this.#catchUp(),
      onClose: () => {
        watch.close();
        this.#options.onClose();
      },
    });
    this.#response = response;
    const verdict = judgeCursor({ lastSeq: watch.lastSeq, epochs: [...watch.epochs] }, cursor);
    if (verdict === 'ok') this.#seq = cursor.seq;
    response.write(`event: opened\ndata: ${JSON.stringify(toOpened(sessionId, watch, verdict))}\n\n`);
    this.#catchUp();
  }

  onPage(page: EventPage): void {
    const [watch, response] = [this.#watch, this.#response];
    // One that is full reads these lines from the file when it has drained.
    if (watch === undefined || response === undefined || response.isFull) return;
    if (page.firstSeq !== this.#seq + 1) {
      this.#catchUp();
      return;
    }
    this.#seq = page.lastSeq;
    response.write(this.#options.encode(page, watch.epochs));
  }

  onCut(): void {
    this.end();
  }

  end(): void {
    this.#response?.end();
  }

  #catchUp(): void {
    const [watch, response] = [this.#watch, this.#response];
    if (watch === undefined || response === undefined) return;
    while (!response.isFull && this.#seq < watch.lastSeq) {
      const page = watch.readAfter(this.#seq, { maxEvents: watch.lastSeq - this.#seq, maxBytes: CATCH_UP_BYTES });
      if (page.count === 0) return;
      this.#seq = page.lastSeq;
      response.write(encodeEvents(page, watch.epochs));
    }
  }
}

function toOpened(sessionId: SessionId, watch: SessionWatch, cursor: CursorVerdict): StreamOpened {
  return { sessionId, epoch: watch.epochs.at(-1)?.epoch ?? null, lastSeq: watch.lastSeq, cursor };
}
