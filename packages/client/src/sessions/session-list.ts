import type { SessionInfo } from '@konui/protocol';
import type { Api } from '../api/api.ts';
import { type Clock, systemClock } from '../clock.ts';
import type { Connection } from '../connection/connection-options.ts';
import { createListeners, throwLater } from '../listeners.ts';
import { SentPrompts } from './sent-prompts.ts';
import { SessionRows } from './session-rows.ts';

/** A missed event is healed within this time (D3). */
const RECONCILE_EVERY_MS = 60_000;

export interface SessionListState {
  /** `failed`: the first list could not be fetched; it is tried again at the next reconnect or minute. */
  readonly state: 'loading' | 'ready' | 'failed';
  /** Latest change first. A session that was just prompted shows as working. Rows that have not changed are the same objects. */
  readonly sessions: readonly SessionInfo[];
  readonly runningCount: number;
  /** The rows are as they are now: false without a connection, and after one came back until they were fetched again. */
  readonly isCurrent: boolean;
}

/** A store of all sessions, kept right by deltas and, each minute and at each reconnect, by a look at what is running. */
export interface SessionList {
  get(): SessionListState;
  subscribe(listener: () => void): () => void;
  /** Fetches the whole list again. Never rejects: what failed is in the state. */
  refresh(): Promise<void>;
  close(): void;
}

export function createSessionList(
  connection: Connection,
  api: Pick<Api, 'sessions'>,
  { clock = systemClock }: { clock?: Clock } = {},
): SessionList {
  const rows = new SessionRows();
  const sent = new SentPrompts();
  const listeners = createListeners<[]>(throwLater);
  /** Rows as shown, so that one that has not changed stays the same object. */
  const working = new WeakMap<SessionInfo, SessionInfo>();
  let phase: SessionListState['state'] = 'loading';
  let isCurrent = false;
  /** Grows with each change of the connection, and of the gateway's to its host. */
  let stretch = 0;
  let isHostThere = true;
  let current: SessionListState = { state: phase, sessions: [], runningCount: 0, isCurrent };
  let isClosed = false;
  let cancelTimer: (() => void) | undefined;

  function publish(): void {
    if (isClosed) return;
    const sessions = rows.all().map(shown).sort(byLatestChange);
    const runningCount = sessions.filter(({ status }) => status !== 'idle').length;
    current = { state: phase, sessions, runningCount, isCurrent };
    listeners.emit();
  }

  function shown(info: SessionInfo): SessionInfo {
    if (info.status !== 'idle' || !sent.covers(info.sessionId)) return info;
    const known = working.get(info) ?? { ...info, status: 'working' as const };
    working.set(info, known);
    return known;
  }

  function onRow(info: SessionInfo): void {
    sent.onRow(info, clock.now());
  }

  function onAnswer(asked: number): void {
    if (asked === stretch && connection.state.state === 'live' && isHostThere) isCurrent = true;
  }

  function onLine(isThere: boolean): void {
    stretch += 1;
    if (isThere) void refresh().then(reconcile);
    else if (isCurrent) {
      isCurrent = false;
      publish();
    }
  }

  async function refresh(): Promise<void> {
    const mark = rows.mark();
    const asked = stretch;
    try {
      const list = await api.sessions.list();
      rows.mergeAll(list, mark);
      list.forEach(onRow);
      phase = 'ready';
      onAnswer(asked);
    } catch {
      // The connection shows that the server is away; a list that was there before stays.
      if (phase === 'loading') phase = 'failed';
    }
    publish();
  }

  /** What runs is looked at again; what is shown as running and does not run is asked for by itself. */
  async function reconcile(): Promise<void> {
    if (phase !== 'ready') return refresh();
    const mark = rows.mark();
    const asked = stretch;
    try {
      const running = await api.sessions.running();
      for (const info of running) if (rows.merge(info, mark)) onRow(info);
      const isRunning = new Set<string>(running.map(({ sessionId }) => sessionId));
      const doubtful = rows.all().filter((row) => !isRunning.has(row.sessionId) && shown(row).status !== 'idle');
      for (const row of await Promise.all(doubtful.map(({ sessionId }) => api.sessions.get(sessionId)))) {
        if (rows.merge(row, mark)) onRow(row);
      }
      onAnswer(asked);
      publish();
    } catch {
      // The next minute or reconnect looks again.
      publish();
    }
  }

  function schedule(): void {
    cancelTimer = clock.setTimeout(() => {
      schedule();
      if (connection.state.state === 'live') void reconcile();
    }, RECONCILE_EVERY_MS);
  }

  function onPendingChange(sessionId: string): void {
    const prompts = connection.pending(sessionId).filter(({ type }) => type === 'chat.send');
    if (prompts.some(({ state }) => state !== 'accepted')) sent.onPending(sessionId, rows.get(sessionId));
    else sent.onAccepted(sessionId, clock.now());
    publish();
  }

  const removals = [
    connection.onFrame('session_upserted', ({ session }) => {
      rows.upsert(session);
      onRow(session);
      publish();
    }),
    connection.onFrame('session_removed', ({ sessionId }) => {
      rows.remove(sessionId);
      sent.onRefused(sessionId);
      publish();
    }),
    connection.onPendingChange(onPendingChange),
    // Deltas were missed while there was no connection: a session may be new, renamed or gone.
    connection.onState(({ state }) => {
      isHostThere = true;
      onLine(state === 'live');
    }),
    connection.onFrame('server_notice', ({ notice }) => {
      if (notice !== 'host_back' && notice !== 'host_unreachable') return;
      isHostThere = notice === 'host_back';
      onLine(isHostThere);
    }),
    // A prompt that was refused starts no run.
    connection.onFrame('protocol_error', ({ retryable, sessionId }) => {
      if (retryable || sessionId === undefined || connection.pending(sessionId).length > 0) return;
      sent.onRefused(sessionId);
      publish();
    }),
  ];
  for (const { sessionId } of connection.pending()) onPendingChange(sessionId);
  schedule();
  void refresh();

  return {
    get: () => current,
    subscribe: (listener) => listeners.add(listener),
    refresh,
    close() {
      isClosed = true;
      cancelTimer?.();
      for (const remove of removals) remove();
    },
  };
}

function byLatestChange(one: SessionInfo, other: SessionInfo): number {
  return other.updatedAt.localeCompare(one.updatedAt) || one.sessionId.localeCompare(other.sessionId);
}
