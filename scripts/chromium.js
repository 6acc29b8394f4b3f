// Finds a Chromium for the browser tests, or installs one.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { pinnedNode, root, run, say } from './bootstrap.js';

/** The path of a Chromium that runs here, or the reason why there is none. Never uses sudo. */
export async function findOrInstallChromium() {
  const found = findChromium();
  if (found !== undefined) return { path: found };
  const isRootOnDebian = process.getuid?.() === 0 && isDebianOrUbuntu();
  if (isRootOnDebian) {
    say("no Chromium found; installing the system's package …");
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await runQuietly('apt-get', ['update'], env);
    await runQuietly('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], env);
    const installed = findChromium();
    if (installed !== undefined) return { path: installed };
  }
  say("no Chromium found; downloading Playwright's …");
  const cli = path.join(root, 'node_modules/playwright-core/cli.js');
  // On Ubuntu the system's package is a snap, which containers do not run; Playwright knows which libraries it needs.
  const withLibraries = isRootOnDebian ? ['--with-deps'] : [];
  await runQuietly(pinnedNode, [cli, 'install', ...withLibraries, 'chromium-headless-shell'], process.env);
  const downloaded = findChromium();
  if (downloaded !== undefined) return { path: downloaded };
  return { reason: 'no Chromium was found and none could be installed; set KONUI_CHROMIUM to the path of one' };
}

function findChromium() {
  const named = process.env.KONUI_CHROMIUM;
  const candidates = named ? [named] : [...onSearchPath(), ...macApplications(), ...inPlaywrightCache()];
  return candidates.find(canRun);
}

/** A Chromium that lacks libraries, or is only a stub for a snap, is there but does not run. */
function canRun(file) {
  if (!existsSync(file)) return false;
  const { status } = spawnSync(file, ['--version'], { stdio: 'ignore', timeout: 20_000 });
  return status === 0;
}

function onSearchPath() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  return names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function macApplications() {
  if (process.platform !== 'darwin') return [];
  return ['Google Chrome', 'Chromium'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
}

function inPlaywrightCache() {
  const caches = [
    process.env.PLAYWRIGHT_BROWSERS_PATH,
    path.join(homedir(), process.platform === 'darwin' ? 'Library/Caches/ms-playwright' : '.cache/ms-playwright'),
  ];
  return caches
    .filter((cache) => cache && existsSync(cache))
    .flatMap((cache) => readdirSync(cache).map((name) => path.join(cache, name)))
    .filter((folder) => /chromium/.test(path.basename(folder)))
    .sort((a, b) => b.localeCompare(a))
    .flatMap((folder) => programsBelow(folder, 5));
}

function programsBelow(folder, depth) {
  const programs = ['chrome', 'headless_shell', 'chrome-headless-shell', 'Chromium', 'Google Chrome for Testing'];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isFile()) return programs.includes(entry.name) ? [file] : [];
    return entry.isDirectory() && depth > 0 ? programsBelow(file, depth - 1) : [];
  });
}

function isDebianOrUbuntu() {
  if (!existsSync('/etc/os-release')) return false;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** Its failure is no reason to stop: the next way is tried, and at the end the browser tests are skipped, in words. */
async function runQuietly(file, args, env) {
  const code = await run(file, args, { env, stdout: 'stderr' }).catch((error) => say(error.message));
  if (code !== 0) say(`${path.basename(file)} ${args.join(' ')} failed (exit code ${code ?? 'none'}).`);
}
