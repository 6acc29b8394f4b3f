// package-lock.json has to name the native packages of every platform, or `npm ci` refuses it and a Mac gets none of
// them: npm leaves out those that it could not see when it wrote the file (npm/cli#4828).
// `node scripts/lock-platforms.js` checks; with `--write` it adds what is missing. The versions are exact, because
// the packages that want them say so; checksums come with the next `npm install` on such a platform.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap.js';

const file = path.join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = findMissing(lock.packages);

if (process.argv.includes('--write')) {
  Object.assign(lock.packages, missing);
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a === b ? 0 : a.localeCompare(b, 'en') < 0 ? -1 : 1));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
} else if (Object.keys(missing).length > 0) {
  console.error(`package-lock.json lacks packages of other platforms: ${Object.keys(missing).join(', ')}`);
  console.error('Run: node scripts/lock-platforms.js --write');
  process.exitCode = 1;
}

function findMissing(packages) {
  const found = {};
  for (const [location, entry] of Object.entries(packages)) {
    for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isInstalledFor(packages, location, name)) continue;
      const version = wanted.replace(/^npm:.*@|^[~^]/, '');
      found[`node_modules/${name}`] = { version, ...platformOf(name), ...(entry.dev ? { dev: true } : {}), optional: true };
    }
  }
  return found;
}

/** Whether Node's lookup from a location (its own node_modules, then each above) would find the package. */
function isInstalledFor(packages, location, name) {
  for (let folder = location; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (packages[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}

/** `…-<os>-<cpu>[-<abi>]`, as every native package here is named; npm skips those that do not fit the machine. */
function platformOf(name) {
  if (name === 'fsevents') return { os: ['darwin'] };
  if (name.includes('wasm32')) return { cpu: ['wasm32'] };
  const [, os, cpu, abi = ''] = /(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-([a-z0-9]+)(?:-(\w+))?$/.exec(name) ?? [];
  if (os === undefined) throw new Error(`${name}: no platform in its name; add it to scripts/lock-platforms.js`);
  const libc = abi.startsWith('musl') ? { libc: ['musl'] } : abi.startsWith('gnu') ? { libc: ['glibc'] } : {};
  return { os: [os], cpu: [cpu], ...libc };
}
