import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GatewayRecord, type HomePaths, LIMITS } from '@konui/protocol';
import { burstAgent } from './agent-commands.ts';

const packages = join(import.meta.dirname, '../../packages');
const START_MS = 20_000;
const END_MS = 10_000;
const LOOK_MS = 10;

/** Gateway and agent host of one home, started as the command starts them; runners follow by themselves. */
export interface Product extends AsyncDisposable {
  readonly url: string;
  readonly token: string;
  readonly paths: HomePaths;
  readonly gatewayPid: number;
  readonly hostPid: number;
  createSession(provider: string): Promise<string>;
  /** Access tokens enough for so many sockets: each may have LIMITS.maxSocketsPerToken. */
  createTokensFor(sockets: number): Promise<readonly string[]>;
}

/** `nodeFlags` are for the gateway and the host, such as `--cpu-prof`. */
export async function startProduct(paths: HomePaths, nodeFlags: readonly string[] = []): Promise<Product> {
  writeFileSync(paths.agentsFile, JSON.stringify({ agents: { burst: { ...burstAgent, name: 'Burst' } } }));
  const start = (part: 'konsole' | 'konui', flags: readonly string[]): ChildProcess => {
    const log = openSync(join(paths.home, `${part}.log`), 'a');
    const script = join(packages, part, 'src/main.ts');
    const args = [...nodeFlags, script, part, '--home', paths.home, '--log-level', 'warn', ...flags];
    const child = spawn(process.execPath, args, { cwd: paths.home, stdio: ['ignore', log, log] });
    closeSync(log);
    return child;
  };
  const host = start('konsole', []);
  let gateway: ChildProcess | undefined;
  const close = async (): Promise<void> => {
    await end(gateway);
    await end(host);
    await endRunners(paths.home);
  };
  try {
    await until(() => existsSync(paths.konsoleSocket), host, paths);
    gateway = start('konui', ['--port', '0']);
    await until(() => existsSync(paths.gatewayFile) && existsSync(paths.token), gateway, paths);
    const record = GatewayRecord.parse(JSON.parse(readFileSync(paths.gatewayFile, 'utf8')));
    const token = readFileSync(paths.token, 'utf8').trim();
    return {
      url: record.url,
      token,
      paths,
      gatewayPid: record.pid,
      hostPid: host.pid ?? 0,
      async createSession(provider) {
        const request = { provider, projectPath: paths.home };
        const { sessionId = '' } = await post({ url: record.url, token }, '/api/providers/sessions', request);
        return sessionId;
      },
      async createTokensFor(sockets) {
        const tokens: string[] = [];
        while (tokens.length * LIMITS.maxSocketsPerToken < sockets) {
          const created = await post({ url: record.url, token }, '/api/access-tokens', { name: 'viewers' });
          tokens.push(created.token ?? '');
        }
        return tokens;
      },
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function post(
  gateway: { url: string; token: string },
  path: string,
  request: object,
): Promise<{ sessionId?: string; token?: string }> {
  const answer = await fetch(`${gateway.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${gateway.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(request),
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${path} was not done: ${answer.status} ${text}`);
  return JSON.parse(text) as { sessionId?: string; token?: string };
}

async function until(claim: () => boolean, child: ChildProcess, { home }: HomePaths): Promise<void> {
  const endAt = performance.now() + START_MS;
  while (!claim()) {
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > endAt) {
      const said = ['konsole.log', 'konui.log'].map((name) => join(home, name)).filter((path) => existsSync(path));
      throw new Error(`did not start:\n${said.map((path) => readFileSync(path, 'utf8')).join('')}`);
    }
    await delay(LOOK_MS);
  }
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await exited;
  clearTimeout(impatience);
}

/** Runners are nobody's children; their command lines name the home, which is ours alone. */
async function endRunners(home: string): Promise<void> {
  const endAt = performance.now() + END_MS;
  let signal: NodeJS.Signals | undefined = 'SIGTERM';
  for (let pids = runnersOf(home); pids.length > 0; pids = runnersOf(home)) {
    if (performance.now() > endAt) signal = 'SIGKILL';
    for (const pid of pids) if (signal !== undefined) kill(pid, signal);
    signal = undefined;
    await delay(LOOK_MS);
  }
}

function runnersOf(home: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const args = readIfThere(`/proc/${pid}/cmdline`).split('\0');
      return args.includes('runner') && args[args.indexOf('--home') + 1] === home;
    })
    .map(Number);
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH')) return '';
    throw error;
  }
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
