import { findMarkedProcesses, signalProcesses, type MarkedProcess } from './marked-processes.ts';

export interface EndProcessesOptions {
  readonly sessionId: string;
  /** Only what the agent of this start has left. */
  readonly startId?: string;
  /** Processes that may live on. */
  readonly spare?: readonly MarkedProcess[];
  /** How long SIGTERM may take before SIGKILL; 0 sends SIGKILL at once. */
  readonly graceMs: number;
  /** How long SIGKILL may take (a process in an uninterruptible wait cannot be ended). */
  readonly killMs?: number;
}

const POLL_MS = 25;

/**
 * Ends everything that carries the session's marker and waits until it is gone. Scans again after each round, since
 * a process may start another while it is being ended. Resolves with what could not be ended (normally nothing).
 */
export async function endProcesses(options: EndProcessesOptions): Promise<MarkedProcess[]> {
  const { sessionId, startId, spare = [], graceMs, killMs = 3000 } = options;
  const spared = new Set(spare.map(toKey));
  const find = (): MarkedProcess[] =>
    findMarkedProcesses(sessionId, startId).filter((found) => !spared.has(toKey(found)));

  const left = await signalUntilGone({ find, signal: 'SIGTERM', forMs: graceMs });
  return left.length === 0 ? left : signalUntilGone({ find, signal: 'SIGKILL', forMs: killMs });
}

async function signalUntilGone(options: {
  find: () => MarkedProcess[];
  signal: 'SIGTERM' | 'SIGKILL';
  forMs: number;
}): Promise<MarkedProcess[]> {
  const { find, signal, forMs } = options;
  const signalled = new Set<string>();
  const endAt = performance.now() + forMs;
  for (;;) {
    const found = find();
    if (found.length === 0 || performance.now() >= endAt) return found;
    signalProcesses(
      found.filter((candidate) => !signalled.has(toKey(candidate))),
      signal,
    );
    for (const candidate of found) signalled.add(toKey(candidate));
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

function toKey({ pid, startTime }: MarkedProcess): string {
  return `${pid}@${startTime}`;
}
