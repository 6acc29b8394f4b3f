// package-lock.json has to agree with every package.json, or `npm ci` refuses it, and to name the native packages of
// every platform, or a Mac gets none of them: npm leaves out those that it could not see when it wrote the file
// (npm/cli#4828). `node scripts/lock-file.js` checks; with `--write` it adds what is missing. The versions of native
// packages are exact, because the packages that want them say so; their checksums come with the next `npm install` on
// such a platform.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './bootstrap.js';

const file = path.join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(file, 'utf8'));
const workspaces = Object.keys(lock.packages).filter((location) => !location.includes('node_modules'));
const stale = workspaces.filter((location) => !agrees(lock.packages[location], readManifest(location)));

if (process.argv.includes('--write')) {
  for (const location of stale) copyDependencies(lock.packages[location], readManifest(location));
  Object.assign(lock.packages, findMissing(lock.packages));
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`);
} else {
  const missing = Object.keys(findMissing(lock.packages));
  if (stale.length > 0) fail(`does not agree with ${stale.map((each) => path.join(each, 'package.json')).join(', ')}`);
  if (missing.length > 0) fail(`lacks packages of other platforms: ${missing.join(', ')}`);
}

function fail(reason) {
  console.error(`package-lock.json ${reason}; run: node scripts/lock-file.js --write`);
  process.exitCode = 1;
}

function agrees(entry, manifest) {
  return ['dependencies', 'devDependencies'].every((kind) => toText(entry[kind]) === toText(manifest[kind]));
}

function copyDependencies(entry, manifest) {
  for (const kind of ['dependencies', 'devDependencies']) {
    if (manifest[kind] === undefined) delete entry[kind];
    else entry[kind] = manifest[kind];
    for (const name of Object.keys(manifest[kind] ?? {})) {
      if (lock.packages[`node_modules/${name}`] === undefined) {
        throw new Error(`${name} is new: run npm install first, then this again`);
      }
    }
  }
}

function toText(dependencies = {}) {
  return JSON.stringify(Object.entries(dependencies).sort(([a], [b]) => a.localeCompare(b, 'en')));
}

function readManifest(location) {
  return JSON.parse(readFileSync(path.join(root, location, 'package.json'), 'utf8'));
}

function findMissing(packages) {
  const found = {};
  for (const [location, entry] of Object.entries(packages)) {
    for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isInstalledFor(packages, location, name)) continue;
      const version = wanted.replace(/^npm:.*@|^[~^]/, '');
      const dev = entry.dev ? { dev: true } : {};
      found[`node_modules/${name}`] = { version, ...platformOf(name), ...dev, optional: true };
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
  const systems = 'aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32';
  const match = new RegExp(`(${systems})-([a-z0-9]+)(?:-(\\w+))?$`).exec(name);
  if (match === null) throw new Error(`${name}: no platform in its name; add it to scripts/lock-file.js`);
  const [, os, cpu, abi = ''] = match;
  const libc = abi.startsWith('musl') ? { libc: ['musl'] } : abi.startsWith('gnu') ? { libc: ['glibc'] } : {};
  return { os: [os], cpu: [cpu], ...libc };
}
