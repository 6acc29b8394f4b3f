import { endProcesses } from './processes/end-process.ts';
import type { ProcessIdentity } from './processes/process-identity.ts';
import { listPartProcesses } from './processes/process-table.ts';

/** A runner that gets SIGTERM ends its agent, writes `complete` and leaves; the agent is given 10 s of that. */
const RUN_GRACE_MS = 15_000;

/** Ends all runners and terminals of a home; resolves to how many there were. Its host must have ended before. */
export async function endRuns(home: string): Promise<number> {
  let count = 0;
  let left: ProcessIdentity[] = [];
  // Twice, because the host may have started a runner in its last moment.
  for (let pass = 0; pass < 2; pass += 1) {
    const found = listPartProcesses(home).filter(({ part }) => part === 'runner' || part === 'terminal');
    count += found.length;
    left = await endProcesses(
      found.map(({ identity }) => identity),
      { graceMs: RUN_GRACE_MS },
    );
  }
  return count - left.length;
}
