// Which package may import which, and which folder inside a package: the check, and the table in ARCHITECTURE.md.
// `node scripts/arrows.js` checks; with `--write` it writes the table.

import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import path from 'node:path';
import { filesBelow, root } from './bootstrap.js';

/** The arrows. A new one is a decision: it needs a line here, a line in a package.json, and a reason in its commit. */
const allowed = {
  protocol: [],
  log: ['protocol'],
  client: ['protocol'],
  konsole: ['protocol', 'log'],
  konui: ['protocol'],
  web: ['client', 'protocol'],
  cli: ['client', 'protocol'],
  testing: ['protocol', 'log', 'client', 'konsole', 'konui', 'web', 'cli'],
};

/**
 * The packages that are programs, each with the folders that all others in it may import. All other folders are
 * features: they import their own files, the files directly in src/ that are not the composition root, and these. A
 * shared folder imports no feature. (A library has no composition root, and no such rule.)
 */
const sharedFolders = {
  cli: ['help', 'processes'],
  konsole: [],
  konui: ['access'],
  web: ['ui', 'text', 'styles'],
};

/** Names that a bundler replaces: the web app imports react and gets preact. */
const aliases = { web: ['react', 'react-dom'] };

/** Files that wire everything together, and folders of such: they import any folder, and no feature imports them. */
const compositionRoots = ['main.ts', 'main.tsx', 'index.ts'];
const compositionFolders = { web: ['app', 'session'], konui: ['http', 'sockets'] };

const architecture = path.join(root, 'ARCHITECTURE.md');
const begin = '<!-- arrows: written by `node scripts/arrows.js --write` -->';
const end = '<!-- /arrows -->';

const manifests = Object.fromEntries(
  readdirSync(path.join(root, 'packages'))
    .sort()
    .map((name) => [name, readManifest(`packages/${name}/package.json`)]),
);
const rootManifest = readManifest('package.json');

if (process.argv.includes('--write')) writeFileSync(architecture, withTable(readFileSync(architecture, 'utf8')));

const problems = [...checkManifests(), ...checkImports(), ...checkTable()];
for (const problem of problems) console.error(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function* checkManifests() {
  for (const [name, manifest] of Object.entries(manifests)) {
    if (allowed[name] === undefined) yield `packages/${name}: has no entry in scripts/arrows.js`;
    for (const target of ours(manifest.dependencies)) {
      if (!allowed[name]?.includes(target)) yield `packages/${name}/package.json: ${name} may not depend on ${target}`;
    }
    for (const target of ours(manifest.devDependencies)) {
      if (target !== 'testing')
        yield `packages/${name}/package.json: only @konui/testing may be a devDependency of ours`;
    }
  }
}

function* checkImports() {
  for (const name of Object.keys(manifests)) {
    for (const file of filesBelow(`packages/${name}`).filter((each) => /\.tsx?$/.test(each))) {
      for (const target of importsOf(file)) yield* checkImport(name, file, target);
    }
  }
  for (const folder of ['e2e', 'bench']) {
    for (const file of filesBelow(folder).filter((each) => /\.tsx?$/.test(each))) {
      for (const target of importsOf(file)) {
        if (target.startsWith('.') || isBuiltin(target) || packageOf(target).startsWith('@konui/')) continue;
        // What is below bench/ and e2e/ belongs to the tests, whose libraries packages/testing names.
        if (packageOf(target) in manifests.testing.dependencies || isInstalledByRoot(target)) continue;
        yield `${file}: ${packageOf(target)} is not in the workspace's package.json`;
      }
    }
  }
}

function* checkImport(name, file, target) {
  if (target.startsWith('.')) {
    const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
    if (isGallery(file) && resolved.startsWith('examples/')) return;
    if (!resolved.startsWith(`packages/${name}/`)) yield `${file}: imports ${target}, which lies outside its package`;
    else yield* checkFolders(name, file, resolved);
    return;
  }
  if (isBuiltin(target)) return;
  const imported = packageOf(target);
  const manifest = manifests[name];
  const isForTests = isTest(name, file);
  if (imported === '@konui/testing') {
    if (!isForTests) yield `${file}: only tests may import @konui/testing`;
    return;
  }
  if (imported in { ...manifest.dependencies, ...(isForTests ? manifest.devDependencies : {}) }) return;
  if (isForTests && isInstalledByRoot(target)) return;
  if (aliases[name]?.includes(imported)) return;
  // A package of types alone, for an import of types alone, is what devDependencies are for.
  if (`@types/${imported}` in (manifest.dependencies ?? {})) return;
  yield `${file}: imports ${imported}, which is not in packages/${name}/package.json`;
}

function* checkFolders(name, file, resolved) {
  const importer = featureOf(name, file);
  const imported = featureOf(name, resolved);
  const shared = sharedFolders[name];
  if (shared === undefined || isTest(name, file) || isGallery(file) || importer === imported) return;
  if (importer !== undefined && compositionRoots.some((each) => resolved === `packages/${name}/src/${each}`)) {
    yield `${file}: imports ${path.posix.basename(resolved)}, which wires the package together`;
  }
  if (importer === undefined || imported === undefined) return;
  if (compositionRoots.includes(path.posix.basename(file)) || isAbove(name, importer, imported)) return;
  if (!shared.includes(imported)) yield `${file}: folder ${importer} may not import folder ${imported}`;
}

/** The states of a component, for /dev/gallery: they may be drawn with the fixtures of other features. */
function isGallery(file) {
  return /\.gallery(-\w+)?\.tsx?$/.test(file);
}

/** Folders that wire a program import features, and the ones listed after them. */
function isAbove(name, importer, imported) {
  const folders = compositionFolders[name] ?? [];
  const [from, to] = [folders.indexOf(importer), folders.indexOf(imported)];
  return from !== -1 && (to === -1 || to > from);
}

/** The folder of a file as far as the rule counts it: the first below src, for the web app also features/<feature>. */
function featureOf(name, file) {
  const folders = path.posix.relative(`packages/${name}/src`, path.posix.dirname(file)).split('/');
  if (folders[0] === '' || folders[0] === '..') return undefined;
  return folders[0] === 'features' ? folders.slice(0, 2).join('/') : folders[0];
}

function* checkTable() {
  const text = readFileSync(architecture, 'utf8');
  if (text !== withTable(text))
    yield 'ARCHITECTURE.md: its arrow table is out of date; run: node scripts/arrows.js --write';
}

function withTable(text) {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`ARCHITECTURE.md needs the lines ${begin} and ${end}`);
  const rows = Object.entries(manifests).map(([name, manifest]) => {
    const [arrows, libraries] = [ours(manifest.dependencies), theirs(manifest.dependencies)];
    return `| \`${name}\` | ${manifest.description} | ${list(arrows)} | ${list(libraries)} |`;
  });
  const table = ['| Package | What it is | Imports of ours | Libraries |', '|---|---|---|---|', ...rows].join('\n');
  return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`;
}

/** The targets of every static and dynamic import and export of a file. */
function importsOf(file) {
  const text = readFileSync(path.join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const pattern =
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;
  return [...text.matchAll(pattern)].map((match) => match[1] ?? match[2] ?? match[3]);
}

function isTest(name, file) {
  return name === 'testing' || /\.(test|contract)\.tsx?$|-fixture\.ts$|\/(testing|test-support)\//.test(file);
}

function isInstalledByRoot(target) {
  return packageOf(target) in rootManifest.devDependencies;
}

function isBuiltin(target) {
  return target.startsWith('node:') || builtinModules.includes(target);
}

function packageOf(target) {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

function ours(dependencies = {}) {
  return Object.keys(dependencies).flatMap((name) =>
    name.startsWith('@konui/') ? [name.slice('@konui/'.length)] : [],
  );
}

function theirs(dependencies = {}) {
  return Object.keys(dependencies).filter((name) => !name.startsWith('@konui/'));
}

function list(names) {
  return names.length === 0 ? '–' : names.map((name) => `\`${name}\``).join(', ');
}

function readManifest(file) {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}
