import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { RunningKonui } from '@konui/testing';

const CLI = new URL('../packages/cli/src/main.ts', import.meta.url).pathname;

export interface CommandOptions {
  /** Piped in; without it stdin is empty. */
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A `konui` command that goes on by itself. */
export interface StartedCommand {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  /** Resolves when this stands on stdout. */
  readonly untilPrinted: (text: string | RegExp) => Promise<void>;
  /** Ctrl-C; resolves with the exit code. */
  readonly interrupt: () => Promise<number | null>;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts `konui <args>` as a process of its own, as a shell does. */
export function startCommand(
  konui: Pick<RunningKonui, 'home' | 'project'>,
  args: readonly string[],
  { input = '', env = {} }: CommandOptions = {},
): StartedCommand {
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd: konui.project,
    env: { ...process.env, KONUI_HOME: konui.home, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  const checks = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    texts.stdout += text;
    for (const check of checks) check();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  // A command that refuses its arguments is gone before it reads.
  child.stdin.on('error', () => undefined).end(input);
  const ended = once(child, 'close').then(() => ({ code: child.exitCode, ...texts }));
  return {
    child,
    stdout: () => texts.stdout,
    untilPrinted: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (typeof text === 'string' ? !texts.stdout.includes(text) : !text.test(texts.stdout)) return;
          checks.delete(check);
          resolve();
        };
        checks.add(check);
        void ended.then(({ stdout, stderr }) => reject(new Error(`it ended: ${stdout}${stderr}`)));
        check();
      }),
    async interrupt() {
      child.kill('SIGINT');
      return (await ended).code;
    },
    ended,
  };
}
