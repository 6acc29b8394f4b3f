/** So many at once, and so many a minute after that. */
export interface RateLimitOptions {
  readonly burst: number;
  readonly perMinute: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** A token bucket for each name; full ones are forgotten. */
export class RateLimit {
  readonly #options: RateLimitOptions;
  readonly #buckets = new Map<string, Bucket>();

  constructor(options: RateLimitOptions) {
    this.#options = options;
  }

  /** Undefined where one may go on; else how long to wait, in milliseconds. */
  take(name: string): number | undefined {
    const { burst, perMinute, now } = this.#options;
    const at = now();
    const perMs = perMinute / 60_000;
    for (const [other, { tokens, filledAt }] of this.#buckets) {
      if (tokens + (at - filledAt) * perMs >= burst) this.#buckets.delete(other);
    }
    const bucket = this.#buckets.get(name) ?? { tokens: burst, filledAt: at };
    bucket.tokens = Math.min(burst, bucket.tokens + (at - bucket.filledAt) * perMs);
    bucket.filledAt = at;
    this.#buckets.set(name, bucket);
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) / perMs);
    bucket.tokens -= 1;
    return undefined;
  }
}
