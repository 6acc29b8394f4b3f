import type { HomePaths } from '@konui/protocol';
import { endRuns } from './end-runs.ts';
import { EXIT_CODES, ExitError } from './exit-error.ts';
import { locateHome } from './home.ts';
import { findLauncher } from './launcher-lock.ts';
import { readGateway } from './parts.ts';
import { endProcesses } from './processes/end-process.ts';
import { findLiving, writeIdentity } from './processes/identity-file.ts';
import { hasCode } from './processes/process-identity.ts';
import type { ProcessIdentity } from './processes/process-identity.ts';
import { listPartProcesses } from './processes/process-table.ts';

/** A launcher ends gateway and host itself and gives them 10 s. */
const LAUNCHER_GRACE_MS = 20_000;
const END_GRACE_MS = 10_000;

/** Ends launcher, gateway, host and runs of a home. */
export async function stop(home: string, print: (line: string) => void): Promise<void> {
  const paths = locateHome(home);
  const launcher = findLauncher(paths);
  const withdraw = launcher === undefined ? undefined : tellLauncher(paths);
  try {
    await endEverything(paths, launcher, print);
  } finally {
    withdraw?.();
  }
}

/** A launcher that is ended by anything else leaves the runs alone, and says so. */
function tellLauncher(paths: HomePaths): (() => void) | undefined {
  try {
    return writeIdentity(stopFile(paths));
  } catch (error) {
    // Stopping is what helps then.
    if (hasCode(error, 'ENOSPC', 'EDQUOT', 'EROFS', 'EACCES')) return undefined;
    throw error;
  }
}

/** Whether a `konui stop` is at work, which ends the runs of a home too. */
export function isStopping(paths: HomePaths): boolean {
  return findLiving(stopFile(paths)) !== undefined;
}

function stopFile(paths: HomePaths): string {
  return `${paths.home}/run/stop.json`;
}

async function endEverything(
  paths: HomePaths,
  launcher: ProcessIdentity | undefined,
  print: (line: string) => void,
): Promise<void> {
  const wasRunning = launcher !== undefined || listPartProcesses(paths.home).length > 0;
  const left = launcher === undefined ? [] : await endProcesses([launcher], { graceMs: LAUNCHER_GRACE_MS });
  const gateway = readGateway(paths);
  const parts: ProcessIdentity[] = listPartProcesses(paths.home)
    .filter(({ part }) => part === 'konui' || part === 'konsole')
    .map(({ identity }) => identity);
  if (gateway !== undefined && !parts.some(({ pid }) => pid === gateway.pid)) parts.push(gateway);
  left.push(...(await endProcesses(parts, { graceMs: END_GRACE_MS })));
  const runners = await endRuns(paths.home);
  left.push(...listPartProcesses(paths.home).map(({ identity }) => identity));
  if (left.length > 0) {
    const pids = [...new Set(left.map(({ pid }) => pid))].join(', ');
    throw new ExitError(`these processes could not be ended: ${pids}`, EXIT_CODES.failed);
  }
  if (!wasRunning) print('Konui was not running.');
  else
    print(
      `Konui has stopped${runners === 0 ? '' : `, and ${runners === 1 ? '1 runner' : `${runners} runners`} with it`}.`,
    );
}
