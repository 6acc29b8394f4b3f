import type { KontaskSummary } from '@konui/protocol';
import type { KontasksApi } from '../api/kontasks-api.ts';
import type { Connection } from '../connection/connection-options.ts';
import { createListeners, throwLater } from '../listeners.ts';

/** What came while nobody was connected is told of up to this many. */
const LOOKED_AT = 20;
/** Ids that are remembered, so that no news is told twice; the oldest are forgotten. */
const MAX_KNOWN = 1000;

export interface KontaskInboxState {
  /** Until `ready` nothing is known to be unread. */
  readonly state: 'loading' | 'ready';
  readonly unread: number;
}

/** `missed`: there was no connection for a while, and anything may have changed. */
export type KontaskInboxChange =
  | { readonly type: 'upserted'; readonly kontask: KontaskSummary }
  | { readonly type: 'removed'; readonly kontaskId: string }
  | { readonly type: 'missed' };

/** A store of how many kontasks are unread, right again after each reconnect, and what is new among them (B8). */
export interface KontaskInbox {
  get(): KontaskInboxState;
  subscribe(listener: () => void): () => void;
  /** Calls `listener` once for each kontask that came or ended, and that nobody has opened. */
  onNews(listener: (kontask: KontaskSummary) => void): () => void;
  /** Calls `listener` at every change of any kontask. */
  onChange(listener: (change: KontaskInboxChange) => void): () => void;
  /** This one is of the person's own making: no news. */
  expect(kontaskId: string): void;
  close(): void;
}

export function createKontaskInbox(
  connection: Pick<Connection, 'onFrame' | 'onState'>,
  api: Pick<KontasksApi, 'list'>,
): KontaskInbox {
  const listeners = createListeners<[]>(throwLater);
  const news = createListeners<[KontaskSummary]>(throwLater);
  const changes = createListeners<[KontaskInboxChange]>(throwLater);
  /** What was heard of each: another status, or unread again, is news. */
  const known = new Map<string, Pick<KontaskSummary, 'version' | 'status' | 'isUnread'>>();
  const expected = new Set<string>();
  const closing = new AbortController();
  let current: KontaskInboxState = { state: 'loading', unread: 0 };
  let asking: Promise<void> | undefined;
  let isStale = false;

  function note(kontask: KontaskSummary): boolean {
    const before = known.get(kontask.id);
    if (before !== undefined && before.version > kontask.version) return false;
    known.delete(kontask.id);
    known.set(kontask.id, { version: kontask.version, status: kontask.status, isUnread: kontask.isUnread });
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
    if (expected.delete(kontask.id)) return false;
    return kontask.isUnread && (before === undefined || !before.isUnread || before.status !== kontask.status);
  }

  async function ask(): Promise<void> {
    do {
      isStale = false;
      try {
        const { kontasks, unread } = await api.list({ limit: LOOKED_AT }, closing.signal);
        if (closing.signal.aborted) return;
        // What was there before the page was opened is in the count, and no news.
        const isFirst = current.state === 'loading';
        const isNew = kontasks.filter(note);
        const isOther = isFirst || unread !== current.unread;
        current = { state: 'ready', unread };
        if (isOther) listeners.emit();
        if (!isFirst) isNew.toReversed().forEach((kontask) => news.emit(kontask));
      } catch {
        // The connection shows that the gateway is away; its return asks again.
      }
    } while (isStale && !closing.signal.aborted);
  }

  /** One question at a time: what comes meanwhile is asked for once, after it. */
  function refresh(): void {
    if (closing.signal.aborted) return;
    isStale = true;
    asking ??= ask().finally(() => (asking = undefined));
  }

  const removals = [
    connection.onFrame('kontask_upserted', ({ kontask }) => {
      if (note(kontask)) news.emit(kontask);
      changes.emit({ type: 'upserted', kontask });
      refresh();
    }),
    connection.onFrame('kontask_removed', ({ kontaskId }) => {
      known.delete(kontaskId);
      changes.emit({ type: 'removed', kontaskId });
      refresh();
    }),
    connection.onState(({ state }) => {
      if (state !== 'live') return;
      refresh();
      changes.emit({ type: 'missed' });
    }),
  ];
  refresh();

  return {
    get: () => current,
    subscribe: (listener) => listeners.add(listener),
    onNews: (listener) => news.add(listener),
    onChange: (listener) => changes.add(listener),
    expect: (kontaskId) => void expected.add(kontaskId),
    close() {
      closing.abort();
      for (const remove of removals) remove();
    },
  };
}
