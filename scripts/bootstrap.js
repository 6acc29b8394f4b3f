// Makes a clone ready to run: checks Node, installs packages, builds the web app.
// Plain JavaScript, because it runs before anything is installed and on every Node from 20 on.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
/** Node 24, installed as a package: the parts are TypeScript that only this one runs directly. */
export const pinnedNode = path.join(root, 'node_modules/node/bin/node');

const minimumNodeMajor = 20;
const installStamp = path.join(root, 'node_modules/.konui-stamp');
const webFolder = path.join(root, 'packages/web');
const buildStamp = path.join(webFolder, 'dist/.stamp');

/** An expected failure: its message is a sentence for the person at the terminal. */
export class BootstrapError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs `main` and ends the process with its exit code; a BootstrapError becomes one line on stderr. */
export async function runScript(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof BootstrapError)) throw error;
    say(error.message);
    process.exitCode = error.exitCode;
  }
}

export function say(sentence) {
  process.stderr.write(`konui: ${sentence}\n`);
}

/** Installs what is missing and builds the web app if it is stale; writes nothing to stdout. */
export async function prepare() {
  checkNodeVersion();
  await installPackages();
  await buildWebApp();
}

export function checkNodeVersion(version = process.versions.node) {
  if (Number.parseInt(version, 10) >= minimumNodeMajor) return;
  throw new BootstrapError(`Node ${minimumNodeMajor} or newer is needed; this is Node ${version}.`);
}

/** Runs `npm ci` unless what is installed already agrees with package-lock.json. */
export async function installPackages() {
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(`${process.platform}-${process.arch}\n${lockText}`).digest('hex');
  if (readIfThere(installStamp) === wanted && existsSync(pinnedNode)) return;
  if (!existsSync(pinnedNode) || !installedByHand(JSON.parse(lockText))) {
    say('installing packages (npm ci) …');
    const npm = npmCommand();
    // The project's .npmrc makes npm silent, which would hide why an installation failed.
    const code = await run(npm.file, [...npm.args, 'ci', '--loglevel=error', '--no-progress'], { stdout: 'stderr' });
    if (code >= 128) throw new BootstrapError('the installation was interrupted.', code);
    if (code !== 0) {
      throw new BootstrapError(`npm ci failed with exit code ${code}; its output above says why. Then try again.`);
    }
    if (!existsSync(pinnedNode)) {
      throw new BootstrapError(
        'npm ran no install scripts (ignore-scripts is set), so Node 24, which Konui runs on, was not unpacked. ' +
          'Run: npm ci --ignore-scripts=false',
      );
    }
  }
  writeFileSync(installStamp, wanted);
}

/** True when `npm install` was run by hand and its result is what package-lock.json asks for. */
function installedByHand(lock) {
  const hidden = readIfThere(path.join(root, 'node_modules/.package-lock.json'));
  if (hidden === undefined) return false;
  const installed = JSON.parse(hidden).packages;
  return Object.entries(lock.packages).every(([location, entry]) => {
    if (location === '' || entry.optional || entry.devOptional || entry.peer) return true;
    return installed[location]?.version === entry.version;
  });
}

/** Builds packages/web/dist if what it is made from has changed since the last build. */
export async function buildWebApp() {
  if (!existsSync(path.join(webFolder, 'index.html'))) {
    say('there is no web app to build (packages/web/index.html is missing).');
    return;
  }
  const wanted = hashOfSources();
  if (readIfThere(buildStamp) === wanted) return;
  say('building the web app …');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const code = await run(pinnedNode, [vite, 'build', 'packages/web', '--logLevel', 'warn'], { stdout: 'stderr' });
  if (code >= 128) throw new BootstrapError('the build was interrupted.', code);
  if (code !== 0) throw new BootstrapError(`the web app could not be built (vite ended with exit code ${code}).`);
  writeFileSync(buildStamp, wanted);
}

function hashOfSources() {
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')));
  for (const folder of ['packages/web', 'packages/client/src', 'packages/protocol/src']) {
    for (const file of filesBelow(folder)) {
      if (/\.test\.tsx?$/.test(file)) continue;
      hash.update(`\0${file}\0`).update(readFileSync(path.join(root, file)));
    }
  }
  return hash.digest('hex');
}

/** Every file below a folder of the workspace, relative to its root, sorted; without installed and built ones. */
export function filesBelow(folder) {
  const entries = readdirSync(path.join(root, folder), { withFileTypes: true });
  return entries
    .filter((entry) => entry.name !== 'node_modules' && entry.name !== 'dist')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return filesBelow(name);
      return entry.isFile() ? [name] : [];
    });
}

/**
 * Runs a program in the workspace's root until it ends and resolves to its exit code (128 + n after signal n).
 *
 * A Ctrl-C reaches every process of the terminal's foreground group, the child included, so this process only waits
 * for it. A SIGINT sent to this process alone is forwarded, as SIGTERM and SIGHUP always are.
 */
export function run(file, args, { env = process.env, stdout = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { cwd: root, env, stdio: ['inherit', stdout === 'stderr' ? 2 : stdout, 2] });
    const onInterrupt = () => {
      if (!isInForeground()) child.kill('SIGINT');
    };
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', onInterrupt).on('SIGTERM', forward).on('SIGHUP', forward);
    const release = () => process.off('SIGINT', onInterrupt).off('SIGTERM', forward).off('SIGHUP', forward);
    child.once('error', (error) => {
      release();
      reject(new BootstrapError(`${file} could not be started: ${error.message}`));
    });
    child.once('exit', (code, signal) => {
      release();
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}

/** Whether this process belongs to the foreground group of its terminal, which is whom a Ctrl-C goes to. */
function isInForeground() {
  const stat = readIfThere('/proc/self/stat');
  if (stat === undefined) return Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY);
  // proc(5): after the name in parentheses follow state, ppid, pgrp, session, tty_nr, tpgid.
  const [, , group, , , foregroundGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return group === foregroundGroup;
}

function npmCommand() {
  const running = process.env.npm_execpath;
  if (running !== undefined && path.basename(running) === 'npm-cli.js') {
    return { file: process.execPath, args: [running] };
  }
  return { file: 'npm', args: [] };
}

/**
 * The environment as it was before `npm start`: npm adds its settings, the silent log level among them, and
 * node_modules/.bin folders to PATH, and agents that inherit those would run another Node and a silent npm.
 */
export function environmentWithoutNpm(env = process.env) {
  if (env.npm_lifecycle_event === undefined) return env;
  const ours = readFileSync(path.join(root, '.npmrc'), 'utf8').matchAll(/^([\w-]+)=/gm);
  const dropped = new Set([...ours].map((match) => `npm_config_${match[1].replaceAll('-', '_')}`));
  const added = /^(npm_(lifecycle|package)_.*|npm_(command|execpath|node_execpath)|npm_config_local_prefix|INIT_CWD)$/;
  const kept = Object.entries(env).filter(([name]) => !dropped.has(name) && !added.test(name));
  const isAdded = (folder) =>
    folder.endsWith('/node-gyp-bin') ||
    (folder.endsWith('/node_modules/.bin') && root.startsWith(folder.slice(0, -'node_modules/.bin'.length - 1)));
  const searchPath = (env.PATH ?? '').split(path.delimiter).filter((folder) => !isAdded(folder));
  return { ...Object.fromEntries(kept), PATH: searchPath.join(path.delimiter) };
}

export function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}
