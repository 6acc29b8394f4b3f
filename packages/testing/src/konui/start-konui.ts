import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentLaunch } from '../real-agents/agent-launch.ts';

const CLI = new URL('../../../cli/src/main.ts', import.meta.url).pathname;

/** A whole Konui as a user starts it: launcher, gateway, host, in a home of its own. */
export type RunningKonui = {
  /** Without a trailing slash. */
  url: string;
  token: string;
  /** What the launcher printed: the link to sign in by. */
  link: string;
  home: string;
  /** An empty folder for an agent to work in. */
  project: string;
  /** Pids of gateway and host, and of the runners. */
  pids(): Promise<{ konui: number; konsole: number; runners: number[] }>;
  /** Runs `konui <command>` on this home and resolves with what it printed. */
  command(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }>;
  /** Starts the launcher again, after its death or `konui stop`. */
  start(): Promise<void>;
  launcher(): ChildProcess;
  /** Ends everything and removes the home. */
  close(): Promise<void>;
};

export type StartKonuiOptions = {
  /** Entries of agents.json. */
  agents?: Readonly<Record<string, AgentLaunch>>;
  flags?: readonly string[];
  env?: Readonly<Record<string, string>>;
};

/** Starts Konui on a free port. Rejects with what the launcher said if it ends before it is ready. */
export async function startKonui({ agents = {}, flags = [], env = {} }: StartKonuiOptions = {}): Promise<RunningKonui> {
  const folder = mkdtempSync(join(tmpdir(), 'konui-whole-'));
  const home = join(folder, 'home');
  const project = join(folder, 'project');
  mkdirSync(home, { mode: 0o700 });
  mkdirSync(project);
  writeFileSync(join(home, 'agents.json'), JSON.stringify({ agents }), { mode: 0o600 });
  const environment = { ...process.env, ...env };
  let launcher: ChildProcess | undefined;
  let link = '';

  const start = async (): Promise<void> => {
    const port = link === '' ? '0' : new URL(link).port;
    const child = spawn(process.execPath, [CLI, 'start', '--home', home, '--port', port, '--no-open', ...flags], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    launcher = child;
    link = await readLink(child);
  };
  const command: RunningKonui['command'] = async (...args) => {
    const child = spawn(process.execPath, [CLI, ...args, '--home', home], {
      env: environment,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const texts = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
    await once(child, 'close');
    return { code: child.exitCode, ...texts };
  };

  try {
    await start();
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
  return {
    get url() {
      return new URL(link).origin;
    },
    get token() {
      return new URLSearchParams(new URL(link).hash.slice(1)).get('token') ?? '';
    },
    get link() {
      return link;
    },
    home,
    project,
    async pids() {
      const { stdout } = await command('status', '--json');
      const status = JSON.parse(stdout) as {
        konui: { pid: number };
        konsole: { pid: number };
        runners: { pid: number }[];
      };
      return { konui: status.konui.pid, konsole: status.konsole.pid, runners: status.runners.map(({ pid }) => pid) };
    },
    command,
    start,
    launcher: () => {
      if (launcher === undefined) throw new Error('the launcher was never started');
      return launcher;
    },
    async close() {
      await command('stop');
      if (launcher !== undefined && launcher.exitCode === null && launcher.signalCode === null) {
        launcher.kill('SIGTERM');
        await once(launcher, 'exit');
      }
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

async function readLink(child: ChildProcess): Promise<string> {
  let stdout = '';
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return new Promise((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const link = /^Konui is ready: (\S+)$/m.exec(stdout)?.[1];
      if (link !== undefined) resolve(link);
    });
    child.once('exit', (code) => reject(new Error(`konui start ended with code ${code}: ${stdout}${stderr}`)));
  });
}
