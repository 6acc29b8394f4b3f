import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Seventeen small packages, and a Node of 60 MB. */
const NPM_TIMEOUT_MS = 170_000;
/** What the tests themselves run under, and what would lead npm back to the clone. */
const FOREIGN = /^(KONUI_|npm_|NODE_|VITEST|VITE_|INIT_CWD$|CI$|HOME$)/;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
}

/** The environment of a person with an empty home; npm keeps its registry and its cache. */
export function environmentOf(home: string, folders: readonly string[] = []): Record<string, string | undefined> {
  const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name));
  const setting = (name: string) =>
    execFileSync('npm', ['config', 'get', name], { cwd: home, encoding: 'utf8' }).trim();
  return {
    ...Object.fromEntries(own),
    HOME: home,
    PATH: [...folders, process.env['PATH']].join(delimiter),
    KONUI_NO_OPEN: '1',
    npm_config_registry: setting('registry'),
    npm_config_cache: setting('cache'),
    npm_config_update_notifier: 'false',
    npm_config_fetch_timeout: '60000',
    npm_config_fetch_retries: '2',
  };
}

/** Runs a program until it ends. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<Ended> {
  const { cwd, env = process.env, input = '' } = options;
  const child = spawn(command, args, { cwd, env, stdio: 'pipe', timeout: NPM_TIMEOUT_MS });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
  return { code: child.exitCode, ...texts };
}

/** Like `run`, for what has to succeed. */
export async function runWell(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { code, stdout, stderr } = await run(command, args, options);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}

export interface Packed {
  /** Removed by whoever packed. */
  readonly folder: string;
  readonly konui: string;
  readonly client: string;
}

/** Packs both packages as `npm run package` does. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'kp-'));
  const files = await runWell('npm', ['run', '--silent', 'package', '--', '--out', folder], { cwd: ROOT });
  const [konui = '', client = ''] = files.trim().split('\n').slice(-2);
  return { folder, konui, client };
}

/** Installs packages into an empty folder. */
export async function install(
  folder: string,
  packages: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, allowScripts: { node: true } }));
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts=false', '--omit=dev', '--loglevel=error'];
  await runWell('npm', ['install', ...flags, ...packages], { cwd: folder, env });
}

/** Each file below a folder, relative to it, with its size and when it was written. */
export function filesOf(folder: string): { name: string; bytes: number; writtenAt: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const { size, mtimeMs } = lstatSync(path);
      return { name: path.slice(folder.length + 1), bytes: size, writtenAt: mtimeMs };
    })
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** The part of `engines` of a package.json that names the oldest Node. */
export function oldestNodeOf(packageFolder: string): string {
  const { engines } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return String(engines.node).replace('>=', '');
}
