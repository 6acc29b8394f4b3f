import { readdirSync, readFileSync } from 'node:fs';

export interface HomeProcess {
  readonly pid: number;
  readonly part: 'konui' | 'konsole' | 'runner';
  readonly sessionId: string | undefined;
}

export interface MarkedProcess {
  readonly pid: number;
  readonly sessionId: string;
  readonly commandLine: string;
}

/** Gateway, host and runners of a home, by their command lines. Linux only, as the tests are. */
export function findHomeProcesses(home: string): HomeProcess[] {
  return pids().flatMap((pid): HomeProcess[] => {
    const args = read(pid, 'cmdline').split('\0');
    const at = args.indexOf('--home');
    if (at === -1 || args[at + 1] !== home) return [];
    const part = args.slice(1, at).findLast((word) => word === 'konui' || word === 'konsole' || word === 'runner');
    if (part !== 'konui' && part !== 'konsole' && part !== 'runner') return [];
    // The launcher's command line names the part too, as the command that it is.
    if (args.slice(1, at).some((word) => COMMANDS.has(word))) return [];
    const session = args.indexOf('--session');
    return [{ pid, part, sessionId: session === -1 ? undefined : args[session + 1] }];
  });
}

const COMMANDS: ReadonlySet<string> = new Set(['start', 'stop', 'status', 'restart']);

/** Living processes that carry the marker of one of the sessions: agents and what they started. */
export function findMarkedProcesses(sessionIds: ReadonlySet<string>): MarkedProcess[] {
  return pids().flatMap((pid): MarkedProcess[] => {
    const sessionId = /(?:^|\0)KONUI_MARKER=([^:\0]*):/.exec(read(pid, 'environ'))?.[1];
    if (sessionId === undefined || !sessionIds.has(sessionId)) return [];
    return [{ pid, sessionId, commandLine: read(pid, 'cmdline').replaceAll('\0', ' ').trim() }];
  });
}

/** Sends a signal; a process that has just gone needs none. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}

function pids(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
}

/** Empty for a zombie, for one that has gone, and for another user's. */
function read(pid: number, file: 'cmdline' | 'environ'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}
