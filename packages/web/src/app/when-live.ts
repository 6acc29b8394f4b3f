import type { Connection } from '@konui/client';

/** Calls `action` whenever the connection becomes live; where that fails, all stays as it was. The answer ends it. */
export function whenLive(connection: Pick<Connection, 'onState'>, action: () => Promise<void>): () => void {
  let wasLive = false;
  return connection.onState(({ state }) => {
    const isLive = state === 'live';
    if (isLive && !wasLive) action().catch(() => undefined);
    wasLive = isLive;
  });
}
