import { createStore } from '../create-store.ts';
import type { Store } from '../use-store.ts';

/** More at once are more than anybody reads: the oldest goes. */
const MAX_TOASTS = 3;
const SHOWN_MS = 6000;

export interface Toast {
  readonly id: number;
  readonly text: string;
  /** Takes back, or leads on; pressing it closes the toast. */
  readonly action?: { readonly label: string; readonly run: () => void } | undefined;
}

/** Short notices of what was just done. They go by themselves, but not while somebody is at them. */
export interface Toasts extends Store<readonly Toast[]> {
  readonly show: (toast: { readonly text: string; readonly action?: Toast['action'] }) => void;
  readonly dismiss: (id: number) => void;
  /** While the pointer or the focus is on them. */
  readonly pause: () => void;
  /** Each is shown for its whole time again. */
  readonly goOn: () => void;
  readonly close: () => void;
}

export function createToasts({ shownMs = SHOWN_MS }: { shownMs?: number } = {}): Toasts {
  const store = createStore<readonly Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let lastId = 0;
  let isPaused = false;

  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    const toasts = store.get();
    if (toasts.some((toast) => toast.id === id)) store.set(toasts.filter((toast) => toast.id !== id));
    // The one under the pointer is gone, and nothing tells that the pointer is elsewhere now.
    if (store.get().length === 0) isPaused = false;
  }
  function startTimer(id: number): void {
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => dismiss(id), shownMs),
    );
  }
  function stopTimers(): void {
    for (const timer of timers.values()) clearTimeout(timer);
    timers.clear();
  }

  return {
    get: store.get,
    subscribe: store.subscribe,
    show({ text, action }) {
      lastId += 1;
      const shown = store.get();
      shown.slice(0, Math.max(0, shown.length + 1 - MAX_TOASTS)).forEach(({ id }) => dismiss(id));
      store.set([...store.get(), { id: lastId, text, action }]);
      if (!isPaused) startTimer(lastId);
    },
    dismiss,
    pause() {
      isPaused = true;
      stopTimers();
    },
    goOn() {
      isPaused = false;
      store.get().forEach(({ id }) => startTimer(id));
    },
    close: stopTimers,
  };
}
