import { HostFeedMessage } from '@konui/protocol';
import type { HostFeedListener, HostStream } from '../host.ts';
import type { HostConnection } from './host-connection.ts';
import { keepReading } from './keep-reading.ts';
import { readSse } from './read-sse.ts';
import type { SseEvent } from './sse-parser.ts';

/** The host's list feed (SPEC HOST7), opened again whenever it ends. Whether it is open tells whether the host is there. */
export class HostFeed implements HostStream {
  readonly #listener: HostFeedListener;
  readonly #closed = new AbortController();
  #isOpen = false;

  constructor(connection: HostConnection, listener: HostFeedListener) {
    this.#listener = listener;
    void keepReading({
      signal: this.#closed.signal,
      read: (onProgress) =>
        readSse({
          connection,
          request: { path: '/feed' },
          signal: this.#closed.signal,
          onOpen: () => {
            onProgress();
            this.#isOpen = true;
            listener.onReachable();
          },
          onEvents: (events) => {
            for (const event of events) this.#receive(event);
          },
        }),
      onEnd: () => {
        if (this.#isOpen) {
          this.#isOpen = false;
          listener.onUnreachable();
        }
        return true;
      },
    });
  }

  close(): void {
    this.#closed.abort();
  }

  #receive(event: SseEvent): void {
    const message = HostFeedMessage.safeParse(parse(event.data));
    // A newer host may send what this version does not know.
    if (message.success) this.#listener.onMessage(message.data);
  }
}

function parse(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
