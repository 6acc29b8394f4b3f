import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, watch } from 'node:fs';
import { join } from 'node:path';
import { GatewayRecord } from '@konui/protocol';

/** The gateway's own program, as the launcher starts it. */
export class GatewayProcess {
  readonly child: ChildProcess;
  readonly #home: string;
  stderr = '';

  constructor(home: string, flags: readonly string[] = ['--port', '0']) {
    this.#home = home;
    const main = join(import.meta.dirname, '../main.ts');
    this.child = spawn(process.execPath, [main, 'konui', '--home', home, ...flags], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.child.stderr?.on('data', (chunk: Buffer) => (this.stderr += chunk.toString()));
  }

  /** Resolves when the gateway has written its record. */
  async record(): Promise<GatewayRecord> {
    const run = join(this.#home, 'run');
    const file = join(run, 'konui.json');
    mkdirSync(run, { recursive: true });
    const isThere = () =>
      existsSync(file) && GatewayRecord.parse(JSON.parse(readFileSync(file, 'utf8'))).pid === this.child.pid;
    const watcher = watch(run);
    const exited = once(this.child, 'exit').then(() => {
      throw new Error(`the gateway ended: ${this.stderr}`);
    });
    exited.catch(() => undefined);
    try {
      while (!isThere()) await Promise.race([once(watcher, 'change'), exited]);
    } finally {
      watcher.close();
    }
    return GatewayRecord.parse(JSON.parse(readFileSync(file, 'utf8')));
  }

  token(): string {
    return readFileSync(join(this.#home, 'token'), 'utf8').trim();
  }

  async exit(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    return this.child.exitCode;
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.exit();
  }
}
