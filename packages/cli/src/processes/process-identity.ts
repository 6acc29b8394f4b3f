import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Names one process for ever: a pid alone is given to another process after a while. */
export interface ProcessIdentity {
  readonly pid: number;
  /** As the system counts it: clock ticks since boot on Linux, a date elsewhere. */
  readonly startTime: string;
  readonly bootId: string;
}

/** The identity of a living process; undefined when there is none of that pid, or only its zombie. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const startTime = process.platform === 'linux' ? linuxStartTime(pid) : psStartTime(pid);
  return startTime === undefined ? undefined : { pid, startTime, bootId: readBootId() };
}

export function isAlive(identity: ProcessIdentity): boolean {
  const now = identifyProcess(identity.pid);
  return now !== undefined && now.startTime === identity.startTime && now.bootId === identity.bootId;
}

/** Sends a signal unless the process has ended; the pid may be somebody else's by then, so the identity is asked first. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return;
  try {
    process.kill(identity.pid, signal);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

export function hasCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

function linuxStartTime(pid: number): string | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH')) return undefined;
    throw error;
  }
  // proc(5): the second field is a name in parentheses that may itself hold spaces and parentheses; state is the
  // third, the start time the 22nd.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

function psStartTime(pid: number): string | undefined {
  const line = outputOf('ps', ['-o', 'state=,lstart=', '-p', String(pid)]);
  const [state = '', ...date] = line.trim().split(/\s+/);
  return state === '' || state.startsWith('Z') ? undefined : date.join(' ');
}

function readBootId(): string {
  if (process.platform === 'linux') return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return outputOf('sysctl', ['-n', 'kern.bootsessionuuid']).trim();
}

function outputOf(file: string, args: readonly string[]): string {
  try {
    return execFileSync(file, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch (error) {
    // ps ends with 1 when there is no such process.
    if (error instanceof Error && 'status' in error && error.status === 1) return '';
    throw error;
  }
}
