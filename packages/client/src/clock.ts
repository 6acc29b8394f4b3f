/** Time as the SDK sees it; tests drive their own. */
export interface Clock {
  /** Milliseconds since 1970, as the wall clock says: it jumps when a laptop wakes. */
  now(): number;
  /** Runs `action` once after `delayMs`; the answer cancels it. */
  setTimeout(action: () => void, delayMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  setTimeout(action, delayMs) {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
};
