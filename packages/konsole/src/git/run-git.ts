import { execFile } from 'node:child_process';

const TIMEOUT_MS = 20_000;

export interface GitFailure {
  readonly ok: false;
  /** `missing`: there is no git; `failed`: what it said is in `message`. */
  readonly reason: 'missing' | 'failed' | 'too_large';
  readonly message: string;
}

export type GitResult = { readonly ok: true; readonly stdout: string } | GitFailure;

/** Runs git in a folder, with nothing that a repository's configuration could make it start. */
export function runGit(folder: string, args: readonly string[], maxBytes: number): Promise<GitResult> {
  const safe = ['-C', folder, '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false', '--no-pager', ...args];
  return new Promise((resolve) => {
    execFile('git', safe, { maxBuffer: maxBytes, timeout: TIMEOUT_MS, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (error === null) resolve({ ok: true, stdout });
      else resolve({ ok: false, reason: reasonOf(error), message: stderr.trim() });
    });
  });
}

function reasonOf(error: { code?: string | number | null | undefined }): GitFailure['reason'] {
  if (error.code === 'ENOENT') return 'missing';
  return error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER' ? 'too_large' : 'failed';
}
