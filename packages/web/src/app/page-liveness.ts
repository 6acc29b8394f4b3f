import type { Connection } from '@konui/client';
import type { SavedSessionList } from '../offline/saved-sessions.ts';
import { createStore } from '../ui/create-store.ts';
import { LIVE, type Liveness, QUIET_MS } from '../ui/liveness.ts';
import type { Store } from '../ui/use-store.ts';
import type { ConnectionStatus } from './connection-status.ts';

/** A gateway is asked every 30 s, or each minute by a hidden page: who has heard nothing for longer has slept. */
const SILENT_MS = 90_000;
const LOOK_EVERY_MS = 5_000;

export interface PageLiveness extends Store<Liveness> {
  close(): void;
}

interface LivenessSources {
  readonly connection: Pick<Connection, 'heardAtMs' | 'onFrame'>;
  readonly connectionStatus: Pick<ConnectionStatus, 'get' | 'subscribe'>;
  readonly sessionList: Pick<SavedSessionList, 'get' | 'subscribe'>;
}

/** The one place that knows whether the page can say what goes on now. */
export function createPageLiveness({ connection, connectionStatus, sessionList }: LivenessSources): PageLiveness {
  const store = createStore<Liveness>({ knownUntilMs: Date.now(), isStale: false });
  let isSaved = false;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  const change = (next: Liveness): void => {
    const now = store.get();
    if (next.knownUntilMs !== now.knownUntilMs || next.isStale !== now.isStale) store.set(next);
  };
  const isLive = (isSilent: boolean): boolean => {
    if (!sessionList.get().isCurrent || isSilent) return false;
    // Whatever has happened meanwhile comes in one piece.
    return !store.get().isStale || connectionStatus.get().missingEvents === 0;
  };
  const look = (): void => {
    const heardAtMs = connection.heardAtMs() ?? Date.now();
    const isSilent = Date.now() - heardAtMs > SILENT_MS;
    const { savedAtMs } = sessionList.get();
    const wasSaved = isSaved;
    isSaved = savedAtMs !== undefined;
    if (isLive(isSilent)) {
      clearTimeout(quiet);
      quiet = undefined;
      return change(LIVE);
    }
    if (savedAtMs !== undefined) return change({ knownUntilMs: savedAtMs, isStale: true });
    if (wasSaved) return change({ knownUntilMs: Date.now(), isStale: false });
    quiet ??= setTimeout(() => change({ ...store.get(), isStale: store.get().knownUntilMs !== undefined }), QUIET_MS);
    const now = store.get();
    change({ knownUntilMs: now.knownUntilMs ?? heardAtMs, isStale: now.isStale || isSilent });
  };

  const timer = setInterval(look, LOOK_EVERY_MS);
  const removals = [
    connectionStatus.subscribe(look),
    sessionList.subscribe(look),
    connection.onFrame('pong', look),
    () => clearInterval(timer),
    () => clearTimeout(quiet),
  ];
  look();
  return {
    get: store.get,
    subscribe: store.subscribe,
    close() {
      for (const remove of removals) remove();
    },
  };
}
