import type { Connection, ConnectionState } from '@konui/client';
import type { Store } from '../ui/use-store.ts';

export interface ConnectionFactsNow {
  readonly connection: ConnectionState;
  readonly isHostUnreachable: boolean;
  /** The gateway serves a newer page than this one. */
  readonly isOutdated: boolean;
}

export interface ConnectionStatus extends Store<ConnectionFactsNow> {
  close(): void;
}

/** What the page knows of its connection, the gateway's host, and the gateway's build. */
export function createConnectionStatus(connection: Connection): ConnectionStatus {
  const listeners = new Set<() => void>();
  let now: ConnectionFactsNow = { connection: connection.state, isHostUnreachable: false, isOutdated: false };
  // The page was loaded from the gateway that it then connects to: the first build it hears of is its own.
  let ownBuildId: string | undefined;
  const change = (next: Partial<ConnectionFactsNow>): void => {
    now = { ...now, ...next };
    listeners.forEach((listener) => listener());
  };
  const removals = [
    connection.onState((state) => {
      if (state.state !== 'live') return change({ connection: state });
      ownBuildId ??= state.hello.buildId;
      change({ connection: state, isHostUnreachable: false, isOutdated: state.hello.buildId !== ownBuildId });
    }),
    connection.onFrame('server_notice', ({ notice }) => {
      if (notice === 'host_unreachable') change({ isHostUnreachable: true });
      if (notice === 'host_back') change({ isHostUnreachable: false });
    }),
  ];
  return {
    get: () => now,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const remove of removals) remove();
    },
  };
}
