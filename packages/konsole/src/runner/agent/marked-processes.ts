import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/**
 * Environment variable that every process of an agent inherits: `<sessionId>:<startId>`. Agents start shell commands in
 * sessions of their own, so a process group does not hold them together; an environment does.
 */
export const MARKER_VARIABLE = 'KONUI_MARKER';

/** A living process (zombies aside); the start time tells it from a later one with the same pid. */
export interface MarkedProcess {
  readonly pid: number;
  readonly startTime: string;
}

export function toMarker(sessionId: string, startId: string): string {
  return `${sessionId}:${startId}`;
}

/** Finds the living processes of this user whose marker names the session; with a start, only those of the agent that it started. */
export function findMarkedProcesses(sessionId: string, startId = ''): MarkedProcess[] {
  const prefix = `${MARKER_VARIABLE}=${sessionId}:${startId}`;
  return existsSync('/proc/self/environ') ? scanProc(prefix) : scanPs(prefix);
}

/** Sends a signal to each process that is still the one that was found. */
export function signalProcesses(processes: readonly MarkedProcess[], signal: NodeJS.Signals): void {
  for (const { pid, startTime } of processes) {
    if (existsSync('/proc/self/stat') && readStartTime(pid) !== startTime) continue;
    try {
      process.kill(pid, signal);
    } catch (error) {
      // Gone in between, which is what the signal is for.
      if (!isNoSuchProcess(error)) throw error;
    }
  }
}

function scanProc(prefix: string): MarkedProcess[] {
  const needle = Buffer.from(prefix);
  const found: MarkedProcess[] = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const pid = Number(name);
    if (pid === process.pid || !hasVariable(pid, needle)) continue;
    const startTime = readStartTime(pid);
    if (startTime !== undefined) found.push({ pid, startTime });
  }
  return found;
}

/** A zombie's environment is empty, so that it is never found. */
function hasVariable(pid: number, needle: Buffer): boolean {
  let environment: Buffer;
  try {
    environment = readFileSync(`/proc/${pid}/environ`);
  } catch {
    // Gone, or another user's.
    return false;
  }
  for (let at = environment.indexOf(needle); at !== -1; at = environment.indexOf(needle, at + 1)) {
    if (at === 0 || environment[at - 1] === 0) return true;
  }
  return false;
}

/** Field 22 of /proc/<pid>/stat (proc(5)), in clock ticks since boot. */
function readStartTime(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}

/** macOS has no /proc: `ps -E` prints the environment of one's own processes. */
function scanPs(prefix: string): MarkedProcess[] {
  const text = execFileSync('ps', ['-axww', '-E', '-o', 'pid=,stat=,command='], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return text.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\S+)\s/.exec(line);
    if (match === null || match[2]?.startsWith('Z') || !line.includes(` ${prefix}`)) return [];
    return Number(match[1]) === process.pid ? [] : [{ pid: Number(match[1]), startTime: '' }];
  });
}

function isNoSuchProcess(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ESRCH';
}
