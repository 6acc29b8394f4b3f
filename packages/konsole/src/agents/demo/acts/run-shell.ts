import { spawn } from 'node:child_process';

export interface ShellResult {
  /** Null when a signal ended the command. */
  readonly code: number | null;
  readonly output: string;
}

export interface Shell {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

const MAX_OUTPUT_CHARS = 100_000;
/** Output is shown as it comes, but a flood of it is not sent over and over. */
const SHOW_EVERY_MS = 100;

/**
 * Runs a command with `sh` in a process group of its own; `show` gets all output so far, now and then. When the signal
 * aborts, the whole group is killed, and the result rejects with the signal's reason.
 */
export async function runShell(
  command: string,
  { cwd, env, signal }: Shell,
  show: (output: string) => Promise<void>,
): Promise<ShellResult> {
  signal.throwIfAborted();
  const child = spawn('/bin/sh', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let shown = '';
  const { promise: closed, resolve, reject } = Promise.withResolvers<number | null>();
  const add = (text: string): void => {
    output = (output + text).slice(0, MAX_OUTPUT_CHARS);
  };
  child.stdout.setEncoding('utf8').on('data', add);
  child.stderr.setEncoding('utf8').on('data', add);
  child.once('error', reject);
  child.once('close', (code) => resolve(code));
  const stop = (): void => {
    killGroup(child.pid);
    reject(signal.reason);
  };
  signal.addEventListener('abort', stop, { once: true });
  const timer = setInterval(() => {
    if (output === shown) return;
    shown = output;
    show(output).catch(reject);
  }, SHOW_EVERY_MS);
  try {
    return { code: await closed, output };
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', stop);
  }
}

function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended by itself in the meantime.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
