import { reloadUnseen } from '../features/connection/quiet-reload.ts';
import type { PageWorker } from '../offline/page-worker.ts';
import type { ConnectionStatus } from './connection-status.ts';

/** When the gateway serves a newer page: has its worker fetched, and loads it as soon as nobody would notice. Returns the removal. */
export function followNewestPage(status: ConnectionStatus, worker: PageWorker): () => void {
  let removeReload: (() => void) | undefined;
  const look = (): void => {
    if (!status.get().isOutdated || removeReload !== undefined) return;
    worker.check();
    removeReload = reloadUnseen(() => void worker.reload());
  };
  const unsubscribe = status.subscribe(look);
  look();
  return () => {
    unsubscribe();
    removeReload?.();
  };
}
