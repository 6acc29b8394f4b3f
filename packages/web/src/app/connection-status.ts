import type { Connection, ConnectionState } from '@konui/client';
import { createStore } from '../ui/create-store.ts';
import type { Store } from '../ui/use-store.ts';

export interface ConnectionFactsNow {
  readonly connection: ConnectionState;
  /** Since when it has not been live, milliseconds since 1970. */
  readonly downSince: number | undefined;
  /** The browser itself says that there is no network, and this page needs one. */
  readonly isOffline: boolean;
  /** Prompts that were written and could not be sent yet, of all sessions. */
  readonly waitingPrompts: number;
  /** Events that are still on their way after a reconnect, once that takes a while. */
  readonly missingEvents: number;
  readonly isHostUnreachable: boolean;
  /** The gateway serves a newer page than this one. */
  readonly isOutdated: boolean;
}

export interface ConnectionStatus extends Store<ConnectionFactsNow> {
  close(): void;
}

/** A catch-up that takes less is over before it could be read. */
const LOOK_EVERY_MS = 400;
const OWN_MACHINE: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What the page knows of its connection, the gateway's host, and the gateway's build. */
export function createConnectionStatus(
  connection: Connection,
  { page = document, scope = window }: { page?: Document; scope?: Window } = {},
): ConnectionStatus {
  // A page that names no build is that of the gateway that it then connects to.
  let ownBuildId = page.querySelector<HTMLMetaElement>('meta[name="konui-build"]')?.content;
  const isOnOwnMachine = OWN_MACHINE.has(scope.location.hostname);
  let lookTimer: ReturnType<typeof setTimeout> | undefined;
  const store = createStore<ConnectionFactsNow>({
    connection: connection.state,
    downSince: Date.now(),
    isOffline: false,
    waitingPrompts: promptsOf(connection),
    missingEvents: 0,
    isHostUnreachable: false,
    isOutdated: false,
  });

  const change = (next: Partial<ConnectionFactsNow>): void => store.set({ ...store.get(), ...next });
  /** A machine without a network still reaches itself: there only a lost connection counts. */
  const isOffline = (): boolean => !scope.navigator.onLine && (connection.state.state !== 'live' || !isOnOwnMachine);
  const onNetwork = (): void => {
    if (isOffline() !== store.get().isOffline) change({ isOffline: isOffline() });
  };
  const lookAtMissing = (): void => {
    clearTimeout(lookTimer);
    lookTimer = setTimeout(() => {
      const missingEvents = connection.state.state === 'live' ? connection.missingEvents() : 0;
      if (missingEvents !== store.get().missingEvents) change({ missingEvents });
      if (missingEvents > 0) lookAtMissing();
    }, LOOK_EVERY_MS);
  };

  const removals = [
    connection.onState((state) => {
      const common = { connection: state, isOffline: isOffline() };
      if (state.state !== 'live')
        return change({ ...common, downSince: store.get().downSince ?? Date.now(), missingEvents: 0 });
      ownBuildId ??= state.hello.buildId;
      const isOutdated = state.hello.buildId !== ownBuildId;
      change({ ...common, downSince: undefined, isHostUnreachable: false, isOutdated });
    }),
    connection.onFrame('server_notice', ({ notice }) => {
      if (notice === 'host_unreachable') change({ isHostUnreachable: true });
      if (notice === 'host_back') change({ isHostUnreachable: false });
    }),
    connection.onFrame('chat_subscribed', lookAtMissing),
    connection.onPendingChange(() => {
      const waitingPrompts = promptsOf(connection);
      if (waitingPrompts !== store.get().waitingPrompts) change({ waitingPrompts });
    }),
    () => clearTimeout(lookTimer),
    () => scope.removeEventListener('online', onNetwork),
    () => scope.removeEventListener('offline', onNetwork),
  ];
  scope.addEventListener('online', onNetwork);
  scope.addEventListener('offline', onNetwork);
  return {
    get: store.get,
    subscribe: store.subscribe,
    close() {
      for (const remove of removals) remove();
    },
  };
}

function promptsOf(connection: Connection): number {
  return connection.pending().filter(({ type, state }) => type === 'chat.send' && state === 'waiting').length;
}
