import { setTimeout as delay } from 'node:timers/promises';
import { openLogReader } from '@konui/log';
import { type HomePaths, type HostFeedMessage, SessionId, sessionPaths } from '@konui/protocol';
import type { IndexedSession } from '../session-summary.ts';
import { isContinued, NO_PROGRESS, readSlice } from './index-slice.ts';
import type { SearchStore } from './search-store.ts';

/** A session that is written to is read again when it has been quiet for this long, or at the latest after that. */
const QUIET_MS = 800;
const LATEST_MS = 15_000;
/** Rows that are removed at once. */
const REMOVED_ROWS = 200;
/** A backlog of more sessions than this is told of. */
const TOLD_BACKLOG = 5;
const TELL_MS = 1_000;

export interface SearchIndexerOptions {
  readonly paths: HomePaths;
  readonly store: SearchStore;
  readonly sessions: {
    get(sessionId: SessionId): IndexedSession | undefined;
    /** Without deleted ones. */
    list(): IndexedSession[];
  };
  readonly subscribe: (listener: (message: HostFeedMessage) => void) => () => void;
  readonly publish: (message: HostFeedMessage) => void;
  readonly onWarning: (message: string, fields?: object) => void;
  /** For tests. */
  readonly quietMs?: number;
}

interface Due {
  readonly since: number;
  readonly timer: NodeJS.Timeout;
}

/** Keeps the full-text index up with the logs, in the background: in short slices, with pauses as long between them. */
export class SearchIndexer {
  readonly #options: SearchIndexerOptions;
  readonly #queue = new Set<SessionId>();
  readonly #due = new Map<SessionId, Due>();
  readonly #closed = new AbortController();
  readonly #unsubscribe: () => void;
  #working: Promise<void> | undefined;
  #done = 0;
  #isTold = false;
  #toldAt = 0;

  constructor(options: SearchIndexerOptions) {
    this.#options = options;
    this.#unsubscribe = options.subscribe((message) => this.#hear(message));
  }

  /** Begins with what changed while nobody indexed, the newest session first. */
  start(): void {
    const { store, sessions } = this.#options;
    const listed = sessions.list();
    const known = new Set<string>(listed.map(({ record }) => record.sessionId));
    for (const sessionId of store.sessionIds()) if (!known.has(sessionId)) this.#queue.add(SessionId.parse(sessionId));
    const newest = listed.sort((one, other) => (timeOf(one) < timeOf(other) ? 1 : -1));
    for (const session of newest) if (this.#isBehind(session)) this.#queue.add(session.record.sessionId);
    this.#work();
  }

  /** Resolves when nothing waits to be indexed now. */
  async untilIdle(): Promise<void> {
    while (this.#working !== undefined) await this.#working;
  }

  async close(): Promise<void> {
    this.#closed.abort();
    this.#unsubscribe();
    for (const { timer } of this.#due.values()) clearTimeout(timer);
    await this.#working;
  }

  #hear(message: HostFeedMessage): void {
    if (message.type === 'session_upserted') this.#expect(message.session.sessionId);
    if (message.type === 'session_removed') {
      this.#queue.add(message.sessionId);
      this.#work();
    }
  }

  #expect(sessionId: SessionId): void {
    const before = this.#due.get(sessionId);
    clearTimeout(before?.timer);
    const since = before?.since ?? Date.now();
    const quietMs = this.#options.quietMs ?? QUIET_MS;
    const timer = setTimeout(
      () => {
        this.#due.delete(sessionId);
        this.#queue.add(sessionId);
        this.#work();
      },
      Math.max(0, Math.min(quietMs, since + LATEST_MS - Date.now())),
    );
    this.#due.set(sessionId, { since, timer });
  }

  #isBehind({ record, summary }: IndexedSession): boolean {
    const progress = this.#options.store.progressOf(record.sessionId);
    return progress?.lastSeq !== summary.lastSeq || progress.title !== (record.title ?? summary.title);
  }

  #work(): void {
    if (this.#closed.signal.aborted) return;
    this.#working ??= this.#workOff().finally(() => {
      this.#working = undefined;
      // Something may have come after it had looked for the last time.
      if (this.#queue.size > 0) this.#work();
    });
  }

  async #workOff(): Promise<void> {
    for (;;) {
      const [sessionId] = this.#queue;
      if (sessionId === undefined || this.#closed.signal.aborted) break;
      this.#queue.delete(sessionId);
      try {
        await this.#bringUp(sessionId);
      } catch (error) {
        this.#options.onWarning('a session could not be indexed for the search', { sessionId, err: error });
      }
      this.#done += 1;
      this.#tell();
    }
    this.#tell();
    this.#done = 0;
  }

  async #bringUp(sessionId: SessionId): Promise<void> {
    const { paths, sessions, store } = this.#options;
    const session = sessions.get(sessionId);
    if (session === undefined || session.record.deleted) return this.#forget(sessionId);
    const reader = openLogReader(sessionPaths(paths, sessionId).log);
    try {
      let progress = store.progressOf(sessionId) ?? NO_PROGRESS;
      if (!isContinued(reader, progress)) {
        await this.#forget(sessionId);
        progress = NO_PROGRESS;
      }
      for (let hasMore = true; hasMore && !this.#closed.signal.aborted;) {
        const began = performance.now();
        const slice = readSlice(reader, sessionId, progress);
        progress = slice.progress;
        store.write(sessionId, slice);
        ({ hasMore } = slice);
        await this.#pause(performance.now() - began);
      }
    } finally {
      reader.close();
    }
    if (!this.#closed.signal.aborted) this.#writeTitle(sessionId);
  }

  #writeTitle(sessionId: SessionId): void {
    const { store, sessions } = this.#options;
    const session = sessions.get(sessionId);
    const progress = store.progressOf(sessionId);
    if (session === undefined || progress === undefined) return;
    const title = session.record.title ?? session.summary.title;
    if (title !== progress.title) store.writeTitle(sessionId, { ...progress, title }, timeOf(session));
  }

  async #forget(sessionId: SessionId): Promise<void> {
    for (let hasMore = true; hasMore && !this.#closed.signal.aborted;) {
      const began = performance.now();
      hasMore = this.#options.store.removeSome(sessionId, REMOVED_ROWS);
      await this.#pause(performance.now() - began);
    }
  }

  /** Others get at least as much of the time. */
  async #pause(ms: number): Promise<void> {
    await delay(Math.min(Math.ceil(ms), 50), undefined, { signal: this.#closed.signal }).catch(() => undefined);
  }

  #tell(): void {
    const total = this.#done + this.#queue.size;
    const isDone = this.#queue.size === 0;
    const now = performance.now();
    if (isDone ? !this.#isTold : total < TOLD_BACKLOG || now - this.#toldAt < TELL_MS) return;
    this.#isTold = !isDone;
    this.#toldAt = now;
    this.#options.publish({ type: 'indexing', done: this.#done, total });
  }
}

function timeOf({ record, summary }: IndexedSession): string {
  return summary.updatedAt ?? record.createdAt;
}
