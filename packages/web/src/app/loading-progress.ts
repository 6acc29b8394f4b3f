import type { Connection } from '@konui/client';
import type { Progress } from '../features/sidebar/progress-line.tsx';
import { createStore } from '../ui/create-store.ts';
import type { Store } from '../ui/use-store.ts';

export interface LoadingProgress extends Store<readonly Progress[]> {
  close(): void;
}

/** What the host is busy with: agents that are being installed, sessions that are being made searchable (D4). */
export function createLoadingProgress(connection: Pick<Connection, 'onFrame' | 'onState'>): LoadingProgress {
  const going = new Map<string, Progress>();
  const store = createStore<readonly Progress[]>([]);
  const publish = (): void => store.set([...going.values()]);
  const removals = [
    connection.onFrame('loading_progress', ({ provider = '', message, count, total, done }) => {
      if (done) going.delete(provider);
      else going.set(provider, { name: provider, text: message, count, total });
      publish();
    }),
    // Its end may come while nobody listens; what still goes on is told again.
    connection.onState(({ state }) => {
      if (state === 'live' || going.size === 0) return;
      going.clear();
      publish();
    }),
  ];
  return {
    get: store.get,
    subscribe: store.subscribe,
    close() {
      for (const remove of removals) remove();
    },
  };
}
