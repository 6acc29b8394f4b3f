import { KonuiError, LIMITS } from '@konui/protocol';

interface Line {
  tail: Promise<unknown>;
  waiting: number;
}

/** Runs tasks of one key one after the other, those of different keys side by side. At the limit it refuses. */
export class InOrder {
  readonly #lines = new Map<string, Line>();

  /** Resolves or rejects as the task does; throws TOO_MANY when too many wait already. */
  async run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const line = this.#lines.get(key) ?? { tail: Promise.resolve(), waiting: 0 };
    if (line.waiting >= LIMITS.maxQueuedPrompts) {
      throw new KonuiError(
        'TOO_MANY',
        `${LIMITS.maxQueuedPrompts} prompts of this session wait already; send it again later`,
      );
    }
    this.#lines.set(key, line);
    line.waiting += 1;
    const result = line.tail.then(task);
    // Whoever called sees the failure; the next in line does not care.
    line.tail = result.catch(() => undefined);
    try {
      return await result;
    } finally {
      line.waiting -= 1;
      if (line.waiting === 0) this.#lines.delete(key);
    }
  }
}
