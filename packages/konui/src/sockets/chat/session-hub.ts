import type { CursorVerdict, SessionId, StreamOpened } from '@konui/protocol';
import type { AgentHost, EventsPage, HostStream, SessionStreamListener, StreamedEvent } from '../../host.ts';
import { EventBatch } from './event-batch.ts';

/** The last event that the gateway knows of. */
export interface Head {
  readonly epoch: string | null;
  readonly seq: number;
}

/** One socket's reading of the session. */
export interface HubReader {
  onBatch(batch: EventBatch): void;
  /** The head moved, and the events in between did not come by the stream. */
  onGap(): void;
  /** Its cursor lies in a history that is gone; it has been removed. */
  onReset(verdict: CursorVerdict): void;
  /** The session is gone for good; the reader has been removed. */
  onGone(error: Error): void;
}

export interface SessionHubOptions {
  readonly sessionId: SessionId;
  readonly host: AgentHost;
  readonly head: Head;
  /** How long the stream stays open after the last reader left: a reload comes back within it. */
  readonly lingerMs: number;
  readonly onClosed: () => void;
}

/** A watched session: one stream from its host, however many sockets read it. */
export class SessionHub implements SessionStreamListener {
  readonly #options: SessionHubOptions;
  readonly #stream: HostStream;
  readonly #readers = new Set<HubReader>();
  #head: Head;
  #linger: NodeJS.Timeout | undefined;

  constructor(options: SessionHubOptions) {
    this.#options = options;
    this.#head = options.head;
    this.#stream = options.host.followSession(
      options.sessionId,
      { seq: options.head.seq, epoch: options.head.epoch ?? undefined },
      this,
    );
  }

  get head(): Head {
    return this.#head;
  }

  add(reader: HubReader): void {
    clearTimeout(this.#linger);
    this.#readers.add(reader);
  }

  remove(reader: HubReader): void {
    if (!this.#readers.delete(reader) || this.#readers.size > 0) return;
    this.#linger = setTimeout(() => this.close(), this.#options.lingerMs);
  }

  /** The events above `seq`, none above the head: beyond it they come by the stream. */
  page(seq: number, maxEvents: number): Promise<EventsPage> {
    const limit = Math.min(maxEvents, this.#head.seq - seq);
    return this.#options.host.events(this.#options.sessionId, { after: seq, limit });
  }

  close(): void {
    clearTimeout(this.#linger);
    this.#stream.close();
    this.#options.onClosed();
  }

  onEvents(events: readonly StreamedEvent[]): void {
    const fresh = events.filter(({ seq }) => seq > this.#head.seq);
    const [first, last] = [fresh[0], fresh.at(-1)];
    if (first === undefined || last === undefined) return;
    this.#head = { epoch: last.epoch, seq: last.seq };
    if (last.seq - first.seq === fresh.length - 1) {
      const batch = new EventBatch(
        first.seq,
        fresh.map(({ line }) => line),
      );
      for (const reader of this.#readers) reader.onBatch(batch);
    } else {
      for (const reader of this.#readers) reader.onGap();
    }
  }

  onReset({ cursor }: StreamOpened): void {
    this.#dismiss((reader) => reader.onReset(cursor));
  }

  onGone(error: Error): void {
    this.#dismiss((reader) => reader.onGone(error));
  }

  #dismiss(tell: (reader: HubReader) => void): void {
    const readers = [...this.#readers];
    this.#readers.clear();
    // Closed first, so that a reader that subscribes again at once gets a hub of the new history.
    this.close();
    for (const reader of readers) tell(reader);
  }
}
