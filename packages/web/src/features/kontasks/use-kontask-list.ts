import type { KontaskInbox, KontasksApi } from '@konui/client';
import { useEffect, useRef, useState } from 'react';
import { addPage, type Pages, removeRow, renewFirstPage, renewRow } from './kontask-pages.ts';
import { type ListQuery, toKontaskQuery } from './kontask-query.ts';
import { reasonOf } from './kontask-words.ts';

export type ListState = {
  readonly state: 'loading' | 'ready' | 'failed';
  /** Of the question before while the next one is asked. */
  readonly pages: Pages | undefined;
  readonly problem?: string;
};

/** Several changes in a row ask once. */
const CALM_MS = 120;

/** The list as it is now: asked anew when the query or anything in it changes. */
export function useKontaskList(
  query: ListQuery,
  { api, inbox }: { api: Pick<KontasksApi, 'list'>; inbox: Pick<KontaskInbox, 'onChange'> },
): { readonly list: ListState; readonly more: () => void; readonly retry: () => void } {
  const [list, setList] = useState<ListState>({ state: 'loading', pages: undefined });
  const asking = useRef<AbortController | undefined>(undefined);
  const key = JSON.stringify(query);

  const ask = (merge: (before: Pages | undefined, answer: Pages) => Pages, cursor?: string): void => {
    asking.current?.abort();
    const controller = new AbortController();
    asking.current = controller;
    const asked = { ...toKontaskQuery(query), ...(cursor === undefined ? {} : { cursor }) };
    api.list(asked, controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        setList(({ pages }) => ({ state: 'ready', pages: merge(pages, answer) }));
      },
      (error: unknown) => {
        if (controller.signal.aborted) return;
        setList(({ pages }) => ({ state: 'failed', pages, problem: reasonOf(error) }));
      },
    );
  };
  const start = (): void => {
    setList(({ pages }) => ({ state: 'loading', pages }));
    ask((_, answer) => answer);
  };

  useEffect(() => {
    start();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const remove = inbox.onChange((change) => {
      setList((now) => {
        if (now.pages === undefined) return now;
        if (change.type === 'upserted') return { ...now, pages: renewRow(now.pages, change.kontask) };
        return change.type === 'removed' ? { ...now, pages: removeRow(now.pages, change.kontaskId) } : now;
      });
      clearTimeout(timer);
      timer = setTimeout(() => {
        ask((before, answer) => (before === undefined ? answer : renewFirstPage(before, answer)));
      }, CALM_MS);
    });
    return () => {
      remove();
      clearTimeout(timer);
      asking.current?.abort();
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the query by its value
  }, [key, api, inbox]);

  return {
    list,
    more() {
      const cursor = list.pages?.nextCursor;
      if (typeof cursor === 'string')
        ask((before, answer) => (before === undefined ? answer : addPage(before, answer)), cursor);
    },
    retry: start,
  };
}
