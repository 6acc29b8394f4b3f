import { createContext, useContext } from 'react';
import * as en from '../text/en.ts';
import { useNow } from './use-now.ts';

/** A connection that is back within this time, in milliseconds, was never worth a word. */
export const QUIET_MS = 2_500;

/** Whether what is shown of sessions and their runs is told as it happens. */
export interface Liveness {
  /** Until when it was, milliseconds since 1970; undefined while it is. What counts the time of a run stands still there. */
  readonly knownUntilMs: number | undefined;
  /** It has not been for long enough to be said: what goes on is spoken of as what went on. */
  readonly isStale: boolean;
}

export const LIVE: Liveness = { knownUntilMs: undefined, isStale: false };

const LivenessContext = createContext(LIVE);

export const LivenessProvider = LivenessContext.Provider;

export function useLiveness(): Liveness {
  return useContext(LivenessContext);
}

/** The time up to which a run is known to have gone on, again every `everyMs` while `isRunning`. */
export function useRunClock(everyMs: number, isRunning = true): number {
  const { knownUntilMs } = useLiveness();
  const now = useNow(everyMs, isRunning && knownUntilMs === undefined);
  return knownUntilMs ?? now;
}

/** "as of 11:04, not connected", where that has to be said. */
export function useAsOf(): string | undefined {
  const { knownUntilMs, isStale } = useLiveness();
  if (!isStale || knownUntilMs === undefined) return undefined;
  const at = new Date(knownUntilMs);
  const isToday = at.toDateString() === new Date().toDateString();
  const day = isToday ? '' : `${at.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, `;
  return en.liveness.asOf(day + at.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' }));
}
