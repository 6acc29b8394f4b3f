import type { AgentHost, HostFeedListener } from '../host.ts';

/** The host's feed, for everybody in the gateway who listens to it; whether the host is there. */
export class HostWatch {
  readonly #listeners = new Set<HostFeedListener>();
  readonly #stream: { close(): void };
  #isReachable = false;

  constructor(host: Pick<AgentHost, 'followFeed'>) {
    this.#stream = host.followFeed({
      onMessage: (message) => this.#tell((listener) => listener.onMessage(message)),
      onUnreachable: () => {
        this.#isReachable = false;
        this.#tell((listener) => listener.onUnreachable());
      },
      onReachable: () => {
        this.#isReachable = true;
        this.#tell((listener) => listener.onReachable());
      },
    });
  }

  get isReachable(): boolean {
    return this.#isReachable;
  }

  /** Listeners are told in the order in which they were added; until `close`. */
  add(listener: HostFeedListener): void {
    this.#listeners.add(listener);
  }

  close(): void {
    this.#stream.close();
    this.#listeners.clear();
  }

  #tell(tell: (listener: HostFeedListener) => void): void {
    for (const listener of this.#listeners) tell(listener);
  }
}
