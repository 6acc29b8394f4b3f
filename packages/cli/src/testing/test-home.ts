import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { signalProcess } from '../processes/process-identity.ts';
import { listPartProcesses } from '../processes/process-table.ts';

const fileOf = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A temporary home and the processes that serve it, all of which end with it. */
export class TestHome {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'kl-')));
  readonly #children: ChildProcess[] = [];

  /** The konui command with stand-ins for what it starts. */
  konui(command: 'start' | 'restart', ...flags: string[]): Command {
    return new Command(this.#spawn([fileOf('stand-in-launcher.ts'), command, '--home', this.path, ...flags]));
  }

  async startRunner(): Promise<ChildProcess> {
    const sessionId = '00000000-0000-4000-8000-000000000000';
    const runner = this.#spawn([fileOf('stand-in-runner.ts'), 'runner', '--home', this.path, '--session', sessionId]);
    await new Command(runner).nextLine();
    return runner;
  }

  /** The pid of a living part of this home. */
  pidOf(part: string): number | undefined {
    return listPartProcesses(this.path).find((process) => process.part === part)?.identity.pid;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const child of this.#children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    for (const { identity } of listPartProcesses(this.path)) signalProcess(identity, 'SIGKILL');
    rmSync(this.path, { recursive: true, force: true });
  }

  #spawn(args: string[]): ChildProcess {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#children.push(child);
    return child;
  }
}

/** A running command: what it prints, and how it ends. */
export class Command {
  readonly process: ChildProcess;
  readonly ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
  stdout = '';
  stderr = '';

  constructor(child: ChildProcess) {
    this.process = child;
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (this.stdout += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (this.stderr += chunk));
    this.ended = once(child, 'close').then(() => ({ code: child.exitCode, stdout: this.stdout, stderr: this.stderr }));
  }

  /** Waits for the first line on stdout; fails with stderr when there is none. */
  nextLine(): Promise<string> {
    return this.#waitFor('stdout', /^.*\n/);
  }

  /** Waits until stderr holds what the pattern describes. */
  says(pattern: RegExp): Promise<string> {
    return this.#waitFor('stderr', pattern);
  }

  async #waitFor(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<string> {
    for (;;) {
      const match = pattern.exec(this[stream]);
      if (match !== null) return match[0].trim();
      const source = this.process[stream];
      if (source === null || source.readableEnded) throw new Error(`ended without ${pattern}: ${this.stderr}`);
      await Promise.race([once(source, 'data'), once(source, 'end')]);
    }
  }
}
