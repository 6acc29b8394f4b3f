import type { Cursor, CursorVerdict, SessionId } from '@konui/protocol';
import { KonuiError, parseCursorId, StreamOpened } from '@konui/protocol';
import type { HostStream, SessionStreamListener, StreamedEvent } from '../host.ts';
import type { HostConnection, HostRequest } from './host-connection.ts';
import { keepReading } from './keep-reading.ts';
import { readSse } from './read-sse.ts';
import type { SseEvent } from './sse-parser.ts';

/** Codes that no later attempt will change. */
const FINAL_CODES: readonly string[] = ['SESSION_NOT_FOUND', 'SESSION_GONE', 'NOT_FOUND'];

/**
 * A session's events from a position on, across the host's restarts: each new connection names the last event that
 * arrived, and the host says whether it still fits (SPEC HOST4).
 */
export class SessionStream implements HostStream {
  readonly #connection: HostConnection;
  readonly #sessionId: SessionId;
  readonly #listener: SessionStreamListener;
  readonly #closed = new AbortController();
  #position: Cursor;

  constructor(
    connection: HostConnection,
    sessionId: SessionId,
    { from, listener }: { from: Cursor; listener: SessionStreamListener },
  ) {
    this.#connection = connection;
    this.#sessionId = sessionId;
    this.#position = from;
    this.#listener = listener;
    void keepReading({
      signal: this.#closed.signal,
      read: (onProgress) => this.#readOnce(onProgress),
      onEnd: (error) => this.#mayGoOn(error),
    });
  }

  close(): void {
    this.#closed.abort();
  }

  async #readOnce(onProgress: () => void): Promise<void> {
    await readSse({
      connection: this.#connection,
      request: streamRequest(this.#sessionId, this.#position),
      signal: this.#closed.signal,
      onEvents: (events) => {
        onProgress();
        this.#receive(events);
      },
    });
  }

  #receive(events: readonly SseEvent[]): void {
    const batch: StreamedEvent[] = [];
    for (const event of events) {
      if (event.event === 'opened') {
        const opened = parseOpened(event);
        if (opened.cursor !== 'ok') {
          if (batch.length > 0) this.#listener.onEvents(batch);
          this.close();
          this.#listener.onReset(opened);
          return;
        }
        if (opened.epoch !== null) this.#position = { epoch: opened.epoch, seq: this.#position.seq };
      } else if (event.event === 'message') {
        const { epoch, seq } = parseCursorId(event.id) ?? {};
        if (epoch === undefined || seq === undefined)
          throw new KonuiError('INTERNAL_ERROR', `an event has the id "${event.id}"`);
        this.#position = { epoch, seq };
        batch.push({ epoch, seq, line: event.data });
      }
    }
    if (batch.length > 0) this.#listener.onEvents(batch);
  }

  #mayGoOn(error: unknown): boolean {
    if (!(error instanceof KonuiError) || !FINAL_CODES.includes(error.code)) return true;
    this.close();
    this.#listener.onGone(error);
    return false;
  }
}

/** Asks for the host's verdict on a cursor by opening its stream, and closes it again. */
export async function judgeByStream(
  connection: HostConnection,
  sessionId: SessionId,
  cursor: Cursor,
): Promise<CursorVerdict> {
  const opened = new AbortController();
  let verdict: CursorVerdict | undefined;
  try {
    await readSse({
      connection,
      request: streamRequest(sessionId, cursor),
      signal: opened.signal,
      onEvents: (events) => {
        const first = events.find(({ event }) => event === 'opened');
        if (first !== undefined) verdict = parseOpened(first).cursor;
        opened.abort();
      },
    });
  } catch (error) {
    if (verdict === undefined) throw error;
  }
  if (verdict === undefined)
    throw new KonuiError('HOST_UNREACHABLE', 'the agent host ended the stream before it judged the cursor');
  return verdict;
}

function streamRequest(sessionId: SessionId, { seq, epoch }: Cursor): HostRequest {
  const query = epoch === undefined ? `after=${seq}` : `after=${seq}&epoch=${encodeURIComponent(epoch)}`;
  return {
    path: `/sessions/${sessionId}/stream?${query}`,
    headers: epoch === undefined ? {} : { 'last-event-id': `${epoch}:${seq}` },
  };
}

function parseOpened(event: SseEvent): StreamOpened {
  return StreamOpened.parse(JSON.parse(event.data.toString('utf8')));
}
