import type { HostFeedMessage } from '@konui/protocol';

export type FeedListener = (message: HostFeedMessage) => void;

/** Changes of the session list, for everyone who listens. */
export class HostFeed {
  readonly #listeners = new Set<FeedListener>();

  subscribe(listener: FeedListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  publish(message: HostFeedMessage): void {
    for (const listener of this.#listeners) listener(message);
  }
}
