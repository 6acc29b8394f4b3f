import type { SessionInfo } from '@konui/protocol';

/** A row and when it last changed, as counted here. */
interface Row {
  readonly info: SessionInfo;
  readonly changedAt: number;
}

/**
 * What the server has said of each session. Answers to requests may be older than deltas that overtook them: a
 * row that changed since a request began is not put back by its answer.
 */
export class SessionRows {
  readonly #rows = new Map<string, Row>();
  #changes = 0;

  /** To be taken before a request and given with its answer. */
  mark(): number {
    return this.#changes;
  }

  get(sessionId: string): SessionInfo | undefined {
    return this.#rows.get(sessionId)?.info;
  }

  all(): SessionInfo[] {
    return [...this.#rows.values()].map(({ info }) => info);
  }

  /** A delta: the newest there is. */
  upsert(info: SessionInfo): void {
    this.#changes += 1;
    this.#rows.set(info.sessionId, { info, changedAt: this.#changes });
  }

  remove(sessionId: string): void {
    this.#changes += 1;
    this.#rows.delete(sessionId);
  }

  /** One row of an answer. False if the row here is newer. */
  merge(info: SessionInfo, mark: number): boolean {
    const row = this.#rows.get(info.sessionId);
    if (
      row !== undefined &&
      row.changedAt > mark &&
      row.info.epoch === info.epoch &&
      row.info.lastSeq >= info.lastSeq
    ) {
      return false;
    }
    this.#rows.set(info.sessionId, { info, changedAt: row?.changedAt ?? mark });
    return true;
  }

  /** A whole list: rows that it lacks are gone, unless they came while it was on its way. */
  mergeAll(list: readonly SessionInfo[], mark: number): void {
    const listed = new Set<string>(list.map(({ sessionId }) => sessionId));
    for (const info of list) this.merge(info, mark);
    for (const [sessionId, row] of this.#rows) {
      if (!listed.has(sessionId) && row.changedAt <= mark) this.#rows.delete(sessionId);
    }
  }
}
