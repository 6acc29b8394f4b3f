import { type ReactNode, useMemo } from 'react';
import { LivenessProvider } from '../ui/liveness.ts';

/** What it holds, as it is shown when nothing has been heard of it since. `untilMs`: by default a fixed moment. */
export function NotConnected({ untilMs, children }: { untilMs?: number; children: ReactNode }): ReactNode {
  const knownUntilMs = untilMs ?? Date.parse('2026-01-01T11:04:00.000Z');
  const liveness = useMemo(() => ({ knownUntilMs, isStale: true }), [knownUntilMs]);
  return (
    <LivenessProvider value={liveness}>
      <div className="stale">{children}</div>
    </LivenessProvider>
  );
}
