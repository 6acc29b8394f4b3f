export interface HeartbeatOptions {
  readonly intervalMs: number;
  readonly staleMs: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** A client as the heartbeat sees it. */
export interface HeartbeatClient {
  /** Sends something that a dead connection is noticed by. */
  ping(): void;
  /** It has been silent for too long. */
  onStale(): void;
}

export interface HeartbeatWatch {
  /** To be called whenever something comes from the client. */
  readonly heard: () => void;
  readonly stop: () => void;
}

/** Looks this often within `staleMs`, so that a silent client is closed soon after. */
const LOOKS_PER_STALE = 18;

/** Pings every client, and gives up those that were silent for too long (SPEC GW9). One timer for all of them. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #heardAt = new Map<HeartbeatClient, number>();
  readonly #timer: NodeJS.Timeout;
  #pingedAt: number;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#pingedAt = options.now();
    this.#timer = setInterval(() => this.#look(), options.staleMs / LOOKS_PER_STALE);
  }

  watch(client: HeartbeatClient): HeartbeatWatch {
    this.#heardAt.set(client, this.#options.now());
    return {
      heard: () => {
        if (this.#heardAt.has(client)) this.#heardAt.set(client, this.#options.now());
      },
      stop: () => this.#heardAt.delete(client),
    };
  }

  close(): void {
    clearInterval(this.#timer);
    this.#heardAt.clear();
  }

  #look(): void {
    const now = this.#options.now();
    const isPingDue = now - this.#pingedAt >= this.#options.intervalMs;
    if (isPingDue) this.#pingedAt = now;
    for (const [client, heardAt] of this.#heardAt) {
      if (now - heardAt >= this.#options.staleMs) {
        this.#heardAt.delete(client);
        client.onStale();
      } else if (isPingDue) client.ping();
    }
  }
}
