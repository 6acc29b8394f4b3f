import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { hasCode, identifyProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

const PARTS = ['konui', 'konsole', 'runner', 'terminal'] as const;
export type Part = (typeof PARTS)[number];

/** A process of Konui's, as its command line tells. */
export interface PartProcess {
  readonly part: Part;
  readonly identity: ProcessIdentity;
  readonly sessionId: string | undefined;
}

/** Every living process of this user that serves the home. */
export function listPartProcesses(home: string): PartProcess[] {
  return listCommandLines().flatMap(({ pid, args }) => {
    const found = parsePartCommandLine(args);
    if (found === undefined || found.home !== home) return [];
    const identity = identifyProcess(pid);
    return identity === undefined ? [] : [{ part: found.part, identity, sessionId: found.sessionId }];
  });
}

/** `node [flags of node] <script> <part> --home <home> … [--session <id>]`; the last such word is the part. */
export function parsePartCommandLine(
  args: readonly string[],
): { part: Part; home: string; sessionId: string | undefined } | undefined {
  const home = flagValue(args, '--home');
  if (home === undefined) return undefined;
  const words = args.slice(1, args.indexOf('--home') === -1 ? undefined : args.indexOf('--home'));
  const part = words.findLast((word): word is Part => PARTS.some((known) => known === word));
  return part === undefined ? undefined : { part, home, sessionId: flagValue(args, '--session') };
}

function flagValue(args: readonly string[], flag: string): string | undefined {
  const index = args.indexOf(flag);
  if (index !== -1) return args[index + 1];
  return args.find((arg) => arg.startsWith(`${flag}=`))?.slice(flag.length + 1);
}

function listCommandLines(): { pid: number; args: string[] }[] {
  return process.platform === 'linux' ? readProc() : readPs();
}

function readProc(): { pid: number; args: string[] }[] {
  const uid = process.getuid?.();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        if (statSync(`/proc/${name}`).uid !== uid) return [];
        return [{ pid: Number(name), args: readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0').slice(0, -1) }];
      } catch (error) {
        // It ended between the listing and the reading.
        if (hasCode(error, 'ENOENT', 'ESRCH')) return [];
        throw error;
      }
    });
}

function readPs(): { pid: number; args: string[] }[] {
  const lines = execFileSync('ps', ['-xww', '-o', 'pid=,command='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    // ps joins the arguments with spaces, so a home with a space in its path is not found on macOS.
    const [pid, ...args] = line.trim().split(/\s+/);
    return { pid: Number(pid), args };
  });
}
