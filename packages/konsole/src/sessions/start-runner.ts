import { spawn } from 'node:child_process';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import type { SessionId, SessionPaths } from '@konui/protocol';

/** What runner and agent say on stderr is kept up to this size, twice: the current file and the one before. */
const MAX_LOG_BYTES = 10 * 1024 * 1024;

export interface RunnerProgram {
  /** The Node that runs it. */
  readonly nodePath: string;
  readonly scriptPath: string;
  readonly home: string;
  readonly logLevel: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A runner that this process started. It outlives this process. */
export interface RunnerProcess {
  readonly hasExited: boolean;
  /** Resolves to how it ended, in words. */
  readonly exited: Promise<string>;
}

/** Starts a session's runner in a session of its own (setsid), so that no signal meant for this process reaches it. */
export function startRunner(
  program: RunnerProgram,
  { sessionId, paths, knownSeq }: { sessionId: SessionId; paths: SessionPaths; knownSeq: number },
): RunnerProcess {
  rotate(paths.runnerLog);
  const log = openSync(paths.runnerLog, 'a', 0o600);
  try {
    const { scriptPath, home, logLevel } = program;
    const child = spawn(
      program.nodePath,
      [
        scriptPath,
        'runner',
        '--home',
        home,
        '--session',
        sessionId,
        '--log-level',
        logLevel,
        '--known-seq',
        String(knownSeq),
      ],
      { cwd: paths.folder, detached: true, stdio: ['ignore', log, log], env: program.environment },
    );
    let hasExited = false;
    const exited = new Promise<string>((resolve) => {
      child.once('exit', (code, signal) => resolve(signal === null ? `exit code ${code}` : signal));
      child.once('error', (error) => resolve(error.message));
    }).then((how) => {
      hasExited = true;
      return how;
    });
    child.unref();
    return {
      get hasExited() {
        return hasExited;
      },
      exited,
    };
  } finally {
    closeSync(log);
  }
}

function rotate(path: string): void {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > MAX_LOG_BYTES) renameSync(path, `${path}.1`);
}
