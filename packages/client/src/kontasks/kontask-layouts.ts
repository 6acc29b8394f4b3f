import type { KontaskLayoutsAnswer } from '@konui/protocol';
import type { LayoutsApi } from '../api/layouts-api.ts';
import type { Connection } from '../connection/connection-options.ts';
import { createListeners, throwLater } from '../listeners.ts';

/** Once there was an answer it stays, however long the gateway is away. */
export type KontaskLayoutsState =
  | { readonly state: 'loading' }
  | { readonly state: 'failed'; readonly why: string }
  | { readonly state: 'ready'; readonly answer: KontaskLayoutsAnswer };

/** A store of the layouts of kontasks, asked for again when their folder changes and after each reconnect (B6). */
export interface KontaskLayouts {
  get(): KontaskLayoutsState;
  subscribe(listener: () => void): () => void;
  refresh(): void;
  close(): void;
}

export function createKontaskLayouts(
  connection: Pick<Connection, 'onFrame' | 'onState'>,
  api: Pick<LayoutsApi, 'list'>,
): KontaskLayouts {
  const listeners = createListeners<[]>(throwLater);
  const closing = new AbortController();
  let current: KontaskLayoutsState = { state: 'loading' };
  let asking: Promise<void> | undefined;
  let isStale = false;

  const set = (next: KontaskLayoutsState): void => {
    if (closing.signal.aborted) return;
    current = next;
    listeners.emit();
  };
  const ask = async (): Promise<void> => {
    while (isStale && !closing.signal.aborted) {
      isStale = false;
      try {
        set({ state: 'ready', answer: await api.list(closing.signal) });
      } catch (error) {
        if (current.state !== 'ready') set({ state: 'failed', why: error instanceof Error ? error.message : '' });
      }
    }
  };
  /** One question at a time: what comes meanwhile is asked for once, after it. */
  const refresh = (): void => {
    isStale = true;
    asking ??= ask().finally(() => (asking = undefined));
  };

  const removals = [
    connection.onFrame('kontask_layouts_changed', refresh),
    connection.onState(({ state }) => {
      if (state === 'live') refresh();
    }),
  ];
  refresh();
  return {
    get: () => current,
    subscribe: (listener) => listeners.add(listener),
    refresh,
    close() {
      closing.abort();
      for (const remove of removals) remove();
    },
  };
}
