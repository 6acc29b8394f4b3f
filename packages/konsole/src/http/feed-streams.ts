import type { HostFeedMessage, SessionId, SessionInfo } from '@konui/protocol';
import { SseResponse, type SseTarget } from './sse-response.ts';

/** Other messages that wait for a slow reader; beyond this many it is cut off and reads the whole list anew. */
const MAX_WAITING = 1000;

export interface FeedRoutes {
  readonly feed: {
    /** Calls the listener with each change of the session list; returns the unsubscribe. */
    subscribe(listener: (message: HostFeedMessage) => void): () => void;
    /** The session's row as it is now; undefined once it is gone. */
    rowOf(sessionId: SessionId): SessionInfo | undefined;
  };
}

/** All open host feeds (SPEC HOST7). */
export class FeedStreams {
  readonly #feed: FeedRoutes['feed'];
  readonly #open = new Set<SseResponse>();

  constructor(feed: FeedRoutes['feed']) {
    this.#feed = feed;
  }

  open(target: SseTarget): void {
    if (target.destroyed) return;
    // A slow reader owes nothing but the newest row of each session, so that what waits for it is bounded by the list.
    const changed = new Set<SessionId>();
    const others: HostFeedMessage[] = [];
    const response = new SseResponse(target, {
      onDrain: () => {
        for (const message of others.splice(0)) response.write(toFrame(message));
        for (const sessionId of changed) {
          if (response.isFull) return;
          changed.delete(sessionId);
          const session = this.#feed.rowOf(sessionId);
          if (session !== undefined) response.write(toFrame({ type: 'session_upserted', session }));
        }
      },
      onClose: () => {
        unsubscribe();
        this.#open.delete(response);
      },
    });
    const unsubscribe = this.#feed.subscribe((message) => {
      if (!response.isFull) response.write(toFrame(message));
      else if (message.type === 'session_upserted') changed.add(message.session.sessionId);
      else if (others.push(message) > MAX_WAITING) response.end();
    });
    this.#open.add(response);
    response.write(': \n\n');
  }

  close(): void {
    for (const response of this.#open) response.end();
  }
}

function toFrame(message: HostFeedMessage): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}
