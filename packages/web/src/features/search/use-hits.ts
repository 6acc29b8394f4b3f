import type { SearchAnswer, SearchHit } from '@konui/protocol';
import { useEffect, useRef, useState } from 'react';
import type { HitQuery } from './search-query.ts';

export type SearchHits = (query: HitQuery & { cursor?: string }, signal: AbortSignal) => Promise<SearchAnswer>;

export type HitsState =
  | { readonly state: 'nothing' }
  /** `hits`: of the search before, or of this one's pages so far. */
  | { readonly state: 'loading' | 'failed'; readonly hits: readonly SearchHit[] }
  | { readonly state: 'found'; readonly hits: readonly SearchHit[]; readonly nextCursor: string | null };

/** Asks whenever the query changes; an answer that comes after a newer question counts for nothing. */
export function useHits(
  query: HitQuery | undefined,
  search: SearchHits,
): { readonly hits: HitsState; readonly more: () => void; readonly retry: () => void } {
  const [hits, setHits] = useState<HitsState>({ state: query === undefined ? 'nothing' : 'loading', hits: [] });
  const asking = useRef<AbortController | undefined>(undefined);
  const key = JSON.stringify(query);

  const ask = (before: readonly SearchHit[], cursor: string | undefined): void => {
    asking.current?.abort();
    if (query === undefined) return setHits({ state: 'nothing' });
    const controller = new AbortController();
    asking.current = controller;
    setHits((now) => ({ state: 'loading', hits: now.state === 'nothing' ? [] : now.hits }));
    search({ ...query, ...(cursor === undefined ? {} : { cursor }) }, controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        setHits({ state: 'found', hits: [...before, ...answer.hits], nextCursor: answer.nextCursor });
      },
      () => {
        if (!controller.signal.aborted) setHits({ state: 'failed', hits: before });
      },
    );
  };
  useEffect(() => {
    ask([], undefined);
    return () => asking.current?.abort();
    // oxlint-disable-next-line react/exhaustive-deps -- the query by its value
  }, [key, search]);
  return {
    hits,
    more() {
      if (hits.state === 'found' && hits.nextCursor !== null) ask(hits.hits, hits.nextCursor);
    },
    retry: () => ask([], undefined),
  };
}
