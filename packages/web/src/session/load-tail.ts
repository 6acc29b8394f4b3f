import { type Connection, HeldHistory, type HistoryPageQuery } from '@konui/client';
import { type HistoryAnswer, KonuiError } from '@konui/protocol';

/** A page of the session's history (HIST). Rejects with a KonuiError. */
export type FetchHistory = (page: HistoryPageQuery, signal?: AbortSignal) => Promise<HistoryAnswer>;

/** Where ends of sessions are kept for when nothing can be fetched. Rejects never. */
export interface HistoryCache {
  readTail(sessionId: string): Promise<HistoryAnswer | undefined>;
  writeTail(sessionId: string, page: HistoryAnswer): Promise<void>;
}

export interface LoadTailOptions {
  readonly sessionId: string;
  readonly fetchHistory: FetchHistory;
  readonly cache: HistoryCache | undefined;
  readonly connection: Pick<Connection, 'onState' | 'onFrame'>;
  /** `isFromCache`: the session's newest part could not be fetched yet, and comes by another call. */
  readonly onTail: (held: HeldHistory, isFromCache: boolean) => void;
  readonly onFailure: (phase: 'missing' | 'gone' | 'failed') => void;
}

/** A copy is shown when the answer takes longer than this. */
const PATIENCE_MS = 1_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;
/** Where the first page shows nothing, such as the output of one command, this much more is asked for. */
const MORE_BYTES = 64 * 1024;
const MAX_EMPTY_PAGES = 5;

/** Fetches the end of a session, again until it succeeds or cannot; the answer stops it. */
export function loadTail(options: LoadTailOptions): () => void {
  const { sessionId, fetchHistory, cache, connection, onTail, onFailure } = options;
  const stopped = new AbortController();
  const { signal } = stopped;
  let failures = 0;
  let isFetching = false;
  let isCopyShown = false;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const attempt = async (): Promise<void> => {
    if (isFetching || signal.aborted) return;
    isFetching = true;
    clearTimeout(retry);
    try {
      const held = await fetchShown(fetchHistory, signal, (tail) => void cache?.writeTail(sessionId, tail));
      if (signal.aborted) return;
      stop();
      onTail(held, false);
    } catch (error) {
      if (!signal.aborted) fail(error);
    } finally {
      isFetching = false;
    }
  };
  const fail = (error: unknown): void => {
    const code = error instanceof KonuiError ? error.code : 'INTERNAL_ERROR';
    const isLasting = error instanceof KonuiError && !error.isRetryable;
    if (isLasting) {
      stop();
      onFailure(code === 'SESSION_NOT_FOUND' ? 'missing' : code === 'SESSION_GONE' ? 'gone' : 'failed');
      return;
    }
    void showCopy();
    retry = setTimeout(() => void attempt(), Math.min(FIRST_RETRY_MS * 2 ** failures, LAST_RETRY_MS));
    failures += 1;
  };
  const showCopy = async (): Promise<void> => {
    if (isCopyShown) return;
    isCopyShown = true;
    const tail = await cache?.readTail(sessionId);
    if (tail !== undefined && !signal.aborted) onTail(new HeldHistory(tail), true);
  };
  const patience = setTimeout(() => void showCopy(), PATIENCE_MS);
  const unlisten = [
    connection.onState(({ state }) => state === 'live' && void attempt()),
    connection.onFrame('server_notice', ({ notice }) => notice === 'host_back' && void attempt()),
  ];
  const stop = (): void => {
    stopped.abort();
    clearTimeout(retry);
    clearTimeout(patience);
    for (const each of unlisten) each();
  };
  void attempt();
  return stop;
}

/** A tail that shows something, where the session has something to show. */
async function fetchShown(
  fetchHistory: FetchHistory,
  signal: AbortSignal,
  keep: (tail: HistoryAnswer) => void,
): Promise<HeldHistory> {
  const tail = await fetchHistory({}, signal);
  keep(tail);
  const held = new HeldHistory(tail);
  for (let page = 0; page < MAX_EMPTY_PAGES && held.hasEarlier && held.conversation.items.length === 0; page++) {
    if (!held.prepend(await fetchHistory({ before: held.firstSeq, bytes: MORE_BYTES }, signal))) break;
  }
  return held;
}
