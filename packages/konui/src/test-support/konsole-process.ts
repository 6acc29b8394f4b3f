import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { HostClient } from '../hosts/host-client.ts';

/** The real agent host, started by its path: the gateway imports nothing of it. */
export class KonsoleProcess {
  readonly #home: string;
  #child: ChildProcess;
  stderr = '';

  constructor(home: string) {
    this.#home = home;
    this.#child = this.#spawn();
  }

  /** Resolves when it answers. */
  async ready(): Promise<void> {
    const host = new HostClient({ socketPath: join(this.#home, 'run', 'konsole.sock') });
    try {
      while (this.#child.exitCode === null) {
        const health = await host.health().catch(() => undefined);
        if (health?.pid === this.#child.pid) return;
        await delay(20);
      }
      throw new Error(`konsole ended: ${this.stderr}`);
    } finally {
      await host.close();
    }
  }

  /** As `kill -9`. */
  async die(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }

  startAgain(): Promise<void> {
    this.#child = this.#spawn();
    return this.ready();
  }

  /** Ends the host and every runner of this test's home. */
  async close(): Promise<void> {
    await this.die();
    for (let pids = this.#partsOfHome(); pids.length > 0; pids = this.#partsOfHome()) {
      for (const pid of pids) kill(pid);
      await delay(20);
    }
  }

  #spawn(): ChildProcess {
    const main = join(import.meta.dirname, '../../../konsole/src/main.ts');
    const child = spawn(process.execPath, [main, 'konsole', '--home', this.#home], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
    return child;
  }

  /** Every part of Konui names its home on its command line, and this home is this test's alone. */
  #partsOfHome(): number[] {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && commandLineOf(name).includes(this.#home))
      .map(Number)
      .filter((pid) => pid !== process.pid);
  }
}

function commandLineOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    // It has ended since the folder was read.
    return [];
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
