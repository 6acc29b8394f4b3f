import { type Clock, systemClock } from '../clock.ts';
import type { Connection } from '../connection/connection-options.ts';
import { createListeners, throwLater } from '../listeners.ts';

/** While an answer streams past its reader, the mark is sent at most this often. */
const SEND_EVERY_MS = 1000;

export interface ReadMarksState {
  /** Until `ready` nothing is known to be unread. */
  readonly state: 'loading' | 'ready';
  /** Session → seq of the last event that this person has seen, on any device. */
  readonly marks: ReadonlyMap<string, number>;
}

/** A store of what has been read. Marks only ever move forward; one that could not be sent is sent when the connection is back. */
export interface ReadMarks {
  get(): ReadMarksState;
  subscribe(listener: () => void): () => void;
  /** The session has been read up to `seq`. */
  markRead(sessionId: string, seq: number): void;
  close(): void;
}

/** What the store asks of the gateway. */
export interface ReadMarksApi {
  readonly readMarks: {
    list(): Promise<Readonly<Record<string, number>>>;
    set(sessionId: string, seq: number): Promise<void>;
  };
}

export function createReadMarks(
  connection: Pick<Connection, 'onFrame' | 'onState'>,
  api: ReadMarksApi,
  { clock = systemClock }: { clock?: Clock } = {},
): ReadMarks {
  const listeners = createListeners<[]>(throwLater);
  const unsent = new Set<string>();
  /** Refused, or lost with the connection: tried again when it is back. */
  const failed = new Set<string>();
  /** Sessions whose mark was just sent, with the end of that pause. */
  const pauses = new Map<string, () => void>();
  let current: ReadMarksState = { state: 'loading', marks: new Map() };
  let isClosed = false;

  /** True if this is news. */
  function raise(marks: Iterable<readonly [string, number]>, state = current.state): boolean {
    const higher = Array.from(marks).filter(([sessionId, seq]) => seq > (current.marks.get(sessionId) ?? 0));
    if (isClosed || (higher.length === 0 && state === current.state)) return false;
    current = { state, marks: new Map([...current.marks, ...higher]) };
    listeners.emit();
    return higher.length > 0;
  }

  async function refresh(): Promise<void> {
    try {
      raise(Object.entries(await api.readMarks.list()), 'ready');
    } catch {
      // The connection shows that the gateway is away; its return asks again.
    }
  }

  function send(sessionId: string): void {
    if (isClosed || pauses.has(sessionId) || !unsent.has(sessionId)) return;
    unsent.delete(sessionId);
    const seq = current.marks.get(sessionId) ?? 0;
    pauses.set(
      sessionId,
      clock.setTimeout(() => {
        pauses.delete(sessionId);
        send(sessionId);
      }, SEND_EVERY_MS),
    );
    api.readMarks.set(sessionId, seq).catch(() => failed.add(sessionId));
  }

  const removals = [
    connection.onFrame('read_marked', ({ sessionId, seq }) => raise([[sessionId, seq]])),
    connection.onState(({ state }) => {
      if (state !== 'live') return;
      void refresh();
      for (const sessionId of failed) unsent.add(sessionId);
      failed.clear();
      unsent.forEach(send);
    }),
  ];
  void refresh();

  return {
    get: () => current,
    subscribe: (listener) => listeners.add(listener),
    markRead(sessionId, seq) {
      if (!raise([[sessionId, seq]])) return;
      unsent.add(sessionId);
      send(sessionId);
    },
    close() {
      isClosed = true;
      for (const cancel of pauses.values()) cancel();
      for (const remove of removals) remove();
    },
  };
}
