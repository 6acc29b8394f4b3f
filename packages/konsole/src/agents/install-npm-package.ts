import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { takeInstallLock } from './install-lock.ts';

export interface NpmPackage {
  readonly packageName: string;
  readonly version: string;
  /** Packages whose install scripts may run. npm from 11.16 on runs none that is not named. */
  readonly allowScripts?: readonly string[];
}

export interface InstallOptions {
  /** The environment of npm; `PATH` must lead to an npm. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The Node that npm runs on. */
  readonly nodePath: string;
  readonly signal?: AbortSignal;
}

/** What npm writes before it fails is shown to a person: its end says why, the rest is noise. */
const MAX_COMPLAINT_CHARS = 2000;
const UNFINISHED = '.installing-';

/**
 * Installs a package from the npm registry into a folder of its own; answers at once if it is there already.
 * The folder appears complete or not at all: npm works in a temporary one beside it, which is then renamed.
 * Rejects with an Error whose message ends with npm's own words.
 */
export async function installNpmPackage(folder: string, wanted: NpmPackage, options: InstallOptions): Promise<void> {
  if (existsSync(folder)) return;
  const parent = dirname(folder);
  using _lock = await takeInstallLock(join(parent, `${basename(folder)}.lock.db`), options.signal);
  if (existsSync(folder)) return;

  const prefix = `${UNFINISHED}${basename(folder)}-`;
  await removeUnfinished(parent, prefix);
  const unfinished = await mkdtemp(join(parent, prefix));
  try {
    await writeFile(join(unfinished, 'package.json'), JSON.stringify(manifestOf(wanted), null, 2));
    await runNpm(unfinished, options);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** Left by an install that was killed: the lock is ours, so that nobody works in them any more. */
async function removeUnfinished(parent: string, prefix: string): Promise<void> {
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (name.startsWith(prefix)) await rm(join(parent, name), { recursive: true, force: true });
  }
}

function manifestOf({ packageName, version, allowScripts = [] }: NpmPackage): object {
  return {
    private: true,
    dependencies: { [packageName]: version },
    allowScripts: Object.fromEntries(allowScripts.map((name) => [name, true])),
  };
}

async function runNpm(folder: string, { env, nodePath, signal }: InstallOptions): Promise<void> {
  const child = spawn('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    env: { ...withoutOuterNpm(env), PATH: `${dirname(nodePath)}${delimiter}${env['PATH'] ?? ''}` },
    stdio: ['ignore', 'ignore', 'pipe'],
    signal,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-MAX_COMPLAINT_CHARS);
  });
  const failure = await new Promise<string | undefined>((resolve, reject) => {
    child.once('error', (error) => {
      if (signal?.aborted) reject(error);
      else resolve(`npm could not be started (${error.message}); install npm, or put it on the PATH`);
    });
    child.once('close', (code) => resolve(code === 0 ? undefined : `npm ended with ${code}: ${complaint.trim()}`));
  });
  if (failure !== undefined) throw new Error(failure);
}

/** Under `npm start`, an outer npm describes its own project in these; ours must not read them. */
function withoutOuterNpm(env: InstallOptions['env']): Record<string, string | undefined> {
  const foreign = /^npm_(package|lifecycle)_|^npm_config_(local_prefix|prefix|loglevel|omit|include)$|^NODE_ENV$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
