import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, signalProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

/** These processes are not our children, so their end is seen by looking. */
const POLL_MS = 50;
/** How long a process takes to vanish after SIGKILL, at most: it may be in the middle of a write to a slow disk. */
const KILL_GRACE_MS = 5_000;

/** Ends the processes: SIGTERM, then SIGKILL for what is left after `graceMs`. Resolves to those that are still there. */
export async function endProcesses(
  identities: readonly ProcessIdentity[],
  { graceMs }: { graceMs: number },
): Promise<ProcessIdentity[]> {
  for (const identity of identities) signalProcess(identity, 'SIGTERM');
  const stubborn = await waitForEnd(identities, graceMs);
  for (const identity of stubborn) signalProcess(identity, 'SIGKILL');
  return waitForEnd(stubborn, KILL_GRACE_MS);
}

/** Resolves to the processes that still live after `timeoutMs`, as soon as there are none. */
export async function waitForEnd(
  identities: readonly ProcessIdentity[],
  timeoutMs: number,
): Promise<ProcessIdentity[]> {
  const deadline = performance.now() + timeoutMs;
  let living = identities.filter(isAlive);
  while (living.length > 0 && performance.now() < deadline) {
    await delay(POLL_MS);
    living = living.filter(isAlive);
  }
  return living;
}
