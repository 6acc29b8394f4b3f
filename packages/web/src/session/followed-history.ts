import { type Connection, type ConversationState, createConversation, type HeldHistory } from '@konui/client';
import { type HistoryAnswer, MAX_HISTORY_PAGE_BYTES, type SessionEvent } from '@konui/protocol';
import { type CopyKeeper, createCopyKeeper, type LastChances } from './copy-keeper.ts';
import { type FetchHistory, type HistoryCache, loadTail } from './load-tail.ts';

/** What is asked for when a reader scrolls up: more each time, since one who reads on will go on. */
const FIRST_EARLIER_BYTES = 32 * 1024;
const LAST_EARLIER_BYTES = 512 * 1024;
/** Of a copy, which is written again each second while an agent speaks. */
const COPY_LENGTH = 96 * 1024;

export interface FollowedHistoryOptions {
  readonly sessionId: string;
  readonly connection: Connection;
  readonly fetchHistory: FetchHistory;
  readonly cache: HistoryCache | undefined;
  readonly onLastChance: LastChances;
  /** The end is there, or more of what was before it, or another log takes its place. */
  readonly onShown: () => void;
  /** Events came, to be applied when the page is drawn; `isNews` where they happened while the page watched. */
  readonly onArrival: (isNews: boolean) => void;
  readonly onFailure: (phase: 'missing' | 'gone' | 'failed') => void;
}

/** What of a session is there. */
export interface ShownHistory {
  readonly phase: 'loading' | 'ready';
  readonly conversation: ConversationState;
  readonly hasEarlier: boolean;
  readonly isLoadingEarlier: boolean;
  readonly isFromCache: boolean;
}

/** A session's end, fetched first, and everything after it, followed from there; what was before comes when asked for. */
export class FollowedHistory {
  readonly #options: FollowedHistoryOptions;
  #held: HeldHistory | undefined;
  #isFromCache = false;
  #arrived: SessionEvent[] = [];
  #stop: (() => void) | undefined;
  #keeper: CopyKeeper | undefined;
  #earlier: Promise<boolean> | undefined;
  #earlierBytes = FIRST_EARLIER_BYTES;
  readonly #waiting = new Set<() => void>();

  constructor(options: FollowedHistoryOptions) {
    this.#options = options;
  }

  get shown(): ShownHistory {
    return {
      phase: this.#held === undefined ? 'loading' : 'ready',
      conversation: this.#held?.conversation ?? createConversation(),
      hasEarlier: this.#held?.hasEarlier === true,
      isLoadingEarlier: this.#earlier !== undefined,
      isFromCache: this.#isFromCache,
    };
  }

  /** ISO 8601; of the last event that is there. */
  get lastAt(): string | undefined {
    return this.#held?.lastAt;
  }

  /** Follows the session, from where it was left; the answer stops it. What has arrived has to be applied before. */
  open(): () => void {
    if (this.#held === undefined || this.#isFromCache) this.#load();
    else this.#follow(this.#held);
    this.#keeper = createCopyKeeper(() => this.#keepCopy(), this.#options.onLastChance);
    return () => {
      this.#keeper?.close();
      this.#keeper = undefined;
      this.#stop?.();
      this.#stop = undefined;
    };
  }

  /** Puts what has arrived into the conversation, and answers it. */
  apply(): readonly SessionEvent[] {
    const events = this.#arrived;
    this.#arrived = [];
    this.#held?.append(events);
    if (events.length > 0) this.#keeper?.soon();
    return events;
  }

  #keepCopy(): void {
    const { cache, sessionId } = this.#options;
    if (this.#held !== undefined) void cache?.writeTail(sessionId, this.#held.tail(COPY_LENGTH));
  }

  async loadEarlier(): Promise<void> {
    await this.#fetchEarlier(this.#earlierBytes);
    this.#earlierBytes = Math.min(this.#earlierBytes * 2, LAST_EARLIER_BYTES);
  }

  /** False where the event could not be fetched. */
  async loadUntil(seq: number): Promise<boolean> {
    if (this.#held === undefined) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    while (this.#held !== undefined && this.#held.hasEarlier && this.#held.firstSeq > seq) {
      if (!(await this.#fetchEarlier(MAX_HISTORY_PAGE_BYTES))) return false;
    }
    return this.#held !== undefined;
  }

  #load(): void {
    const { sessionId, connection, fetchHistory, cache, onFailure } = this.#options;
    this.#stop = loadTail({
      sessionId,
      connection,
      fetchHistory,
      cache,
      onTail: (held, isFromCache) => {
        this.#held = held;
        this.#isFromCache = isFromCache;
        if (!isFromCache) this.#follow(held);
        this.#options.onShown();
        this.#tellWaiting();
      },
      onFailure: (phase) => {
        onFailure(phase);
        this.#tellWaiting();
      },
    });
  }

  #tellWaiting(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }

  #follow(held: HeldHistory): void {
    const { sessionId, connection, onArrival, onFailure } = this.#options;
    let isCaughtUp = false;
    let isStopped = false;
    const unsubscribe = connection.subscribe(sessionId, {
      from: held.cursor,
      onReset: () => {
        if (isStopped) return;
        isStopped = true;
        // Not in the middle of the connection's own work.
        queueMicrotask(() => this.#restart(stop));
      },
      onEvent: (event) => {
        if (isStopped) return;
        this.#arrived.push(event);
        onArrival(isCaughtUp);
      },
      onCaughtUp: () => {
        isCaughtUp = true;
        onArrival(false);
      },
      onError: (code) =>
        onFailure(code === 'SESSION_NOT_FOUND' ? 'missing' : code === 'SESSION_GONE' ? 'gone' : 'failed'),
    });
    const stop = () => {
      isStopped = true;
      unsubscribe();
    };
    this.#stop = stop;
    connection.sawEvents([...held.events, ...promptsOf(sessionId, held)]);
  }

  /** Another log has taken this one's place. */
  #restart(stop: () => void): void {
    // The page may have left the session meanwhile.
    if (this.#stop !== stop) return;
    stop();
    this.#held = undefined;
    this.#arrived = [];
    this.#load();
    this.#options.onShown();
  }

  #fetchEarlier(bytes: number): Promise<boolean> {
    const held = this.#held;
    if (held === undefined || !held.hasEarlier) return Promise.resolve(false);
    this.#earlier ??= this.#prepend(held, bytes).finally(() => {
      this.#earlier = undefined;
      this.#options.onShown();
    });
    this.#options.onShown();
    return this.#earlier;
  }

  async #prepend(held: HeldHistory, bytes: number): Promise<boolean> {
    const { sessionId, connection, fetchHistory } = this.#options;
    let page: HistoryAnswer;
    try {
      page = await fetchHistory({ before: held.firstSeq, bytes });
    } catch {
      // What is there stays, and so does the way to ask again.
      return false;
    }
    if (held !== this.#held) return false;
    this.apply();
    if (!held.prepend(page)) return false;
    connection.sawEvents([...page.events, ...promptsOf(sessionId, held)]);
    return true;
  }
}

/** That the session runs a prompt, or has it waiting, answers it where its own event lies further back. */
function promptsOf(sessionId: string, { conversation: { run, queue, lastSeq } }: HeldHistory): SessionEvent[] {
  const promptIds = [...(run === undefined ? [] : [run.promptId]), ...queue.map(({ promptId }) => promptId)];
  return promptIds.map((promptId) => ({ seq: lastSeq, sessionId, kind: 'prompt', at: '', promptId }));
}
