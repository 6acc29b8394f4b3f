import { spawn } from 'node:child_process';
import { chmodSync, closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { identifyProcess } from './process-identity.ts';
import type { ProcessIdentity } from './process-identity.ts';

export interface DetachedProgram {
  readonly script: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly logFile: string;
}

export interface DetachedProcess {
  readonly pid: number;
  readonly identity: ProcessIdentity | undefined;
  /** Resolves when the process ends: its exit code, null after a signal. */
  readonly exited: Promise<number | null>;
  /** What it has written to its log since it was started. */
  readLog(): string;
}

/**
 * Starts a TypeScript program with this Node, in a session of its own: no Ctrl-C and no closed terminal reaches it.
 * It inherits none of our descriptors; stdout and stderr go to the log file (mode 0600).
 */
export async function startDetached(program: DetachedProgram): Promise<DetachedProcess> {
  const log = openSync(program.logFile, 'a', 0o600);
  try {
    chmodSync(program.logFile, 0o600);
    const logStart = statSync(program.logFile).size;
    const child = spawn(process.execPath, [program.script, ...program.args], {
      cwd: program.folder,
      env: program.env,
      detached: true,
      stdio: ['ignore', log, log],
    });
    const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
    const pid = child.pid ?? 0;
    return {
      pid,
      identity: identifyProcess(pid),
      exited,
      readLog: () => readFileSync(program.logFile).subarray(logStart).toString('utf8'),
    };
  } finally {
    closeSync(log);
  }
}
