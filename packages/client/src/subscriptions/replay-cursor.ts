import type { Cursor, SessionEvent } from '@konui/protocol';

/** What a reader does with an event. */
export type Admission = 'apply' | 'drop' | 'gap';

/**
 * One reader's position in a session. It admits events in order, each once (SEQ6): what it has is dropped, what
 * lies beyond the next one is a gap and is never applied.
 */
export class ReplayCursor {
  #seq: number;
  #epoch: string | undefined;

  constructor(from: Cursor = { seq: 0 }) {
    this.#seq = from.seq;
    this.#epoch = from.epoch;
  }

  get position(): Cursor {
    return this.#epoch === undefined ? { seq: this.#seq } : { seq: this.#seq, epoch: this.#epoch };
  }

  get seq(): number {
    return this.#seq;
  }

  admit(event: SessionEvent): Admission {
    if (event.seq <= this.#seq) return 'drop';
    if (event.seq > this.#seq + 1) return 'gap';
    this.#seq = event.seq;
    // The epoch in force at this place of the log, which an older part of it may not have been yet.
    if (event.kind === 'log_opened' && typeof event['epoch'] === 'string') this.#epoch = event['epoch'];
    return 'apply';
  }

  /** Takes the log's epoch where no event has named one yet. */
  adopt(epoch: string | null): void {
    this.#epoch ??= epoch ?? undefined;
  }

  /** Back to before the first event, of whatever epoch. */
  restart(): void {
    this.#seq = 0;
    this.#epoch = undefined;
  }
}
