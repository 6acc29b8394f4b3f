import { useEffect, useState } from 'react';
import type { SessionInfo } from '@konui/protocol';
import { useAsOf } from './liveness.ts';
import { sessionStatusText } from './session-words.ts';

/** What a session does or did, and since when nobody knows more. Draws again when its quota should be back. */
export function useSessionStatus(session: SessionInfo): { readonly text: string; readonly asOf: string | undefined } {
  const asOf = useAsOf();
  useDrawnAt(session.limit?.resetsAt ?? undefined);
  return { text: sessionStatusText(session, asOf !== undefined), asOf };
}

/** What browsers take as a timer's time at most, in milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** Timers may be a moment early. */
const MARGIN_MS = 50;

function useDrawnAt(at: string | undefined): void {
  const [, setDrawn] = useState(0);
  useEffect(() => {
    const leftMs = at === undefined ? 0 : Date.parse(at) - Date.now();
    if (leftMs <= 0) return;
    const timer = setTimeout(() => setDrawn(Date.now()), Math.min(leftMs + MARGIN_MS, MAX_TIMER_MS));
    return () => clearTimeout(timer);
  }, [at]);
}
