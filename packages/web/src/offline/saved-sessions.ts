import type { SessionList, SessionListState } from '@konui/client';
import { isRunning } from '../ui/session-words.ts';
import type { OfflineStore } from './offline-store.ts';

/** A list that is on its way for longer than this may as well be shown as it was. */
const PATIENCE_MS = 700;
/** Rows change many times a second while agents work; what changed last is what is looked for first. */
const SAVE_EVERY_MS = 1500;

/** The list of sessions, as it was kept while the gateway cannot be asked. */
export interface SavedSessionList extends SessionList {
  get(): SessionListState & {
    /** These are the kept rows, as they were then, in milliseconds since 1970. */
    readonly savedAtMs?: number;
  };
}

/** Keeps what the list says, and shows it when the list has nothing yet. */
export function createSavedSessionList(
  list: SessionList,
  store: Pick<OfflineStore, 'readSessions' | 'writeSessions'>,
): SavedSessionList {
  const listeners = new Set<() => void>();
  let saved: ReturnType<SavedSessionList['get']> | undefined;
  let hasWaited = false;
  let saveTimer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  const publish = (): void => listeners.forEach((listener) => listener());
  const isSavedShown = (): boolean => {
    const { state } = list.get();
    return saved !== undefined && (state === 'failed' || (state === 'loading' && hasWaited));
  };
  const save = (): void => {
    clearTimeout(saveTimer);
    saveTimer = undefined;
    const { state, sessions } = list.get();
    if (state === 'ready' && !isClosed) void store.writeSessions(sessions);
  };
  const onHidden = (): void => {
    if (document.visibilityState === 'hidden') save();
  };
  const patience = setTimeout(() => {
    hasWaited = true;
    if (isSavedShown()) publish();
  }, PATIENCE_MS);
  const unsubscribe = list.subscribe(() => {
    if (list.get().state === 'ready') saveTimer ??= setTimeout(save, SAVE_EVERY_MS);
    publish();
  });
  document.addEventListener('visibilitychange', onHidden);
  void store.readSessions().then((kept) => {
    if (kept === undefined || isClosed) return;
    const { at: savedAtMs, sessions } = kept;
    const runningCount = sessions.filter(isRunning).length;
    saved = { state: 'ready', sessions, runningCount, isCurrent: false, savedAtMs };
    if (isSavedShown()) publish();
  });

  return {
    get: () => (isSavedShown() ? (saved ?? list.get()) : list.get()),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh: () => list.refresh(),
    close() {
      save();
      isClosed = true;
      clearTimeout(patience);
      unsubscribe();
      document.removeEventListener('visibilitychange', onHidden);
      list.close();
    },
  };
}
