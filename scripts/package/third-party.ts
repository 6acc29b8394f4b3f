import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './bundle.ts';

/** Licences that ask for no more than to be passed on. */
const PASSED_ON: readonly string[] = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'Unlicense'];
/** Needed to build the web app; nothing of them is in it. */
const BUILD_ONLY = /^(vite|@types\/.*)$/;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Folders of the npm packages that the modules come from. */
export function packagesOf(modules: readonly string[]): string[] {
  const folders = modules.flatMap((module) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(module)?.[0] ?? []);
  return [...new Set(folders)];
}

/** Folders of the npm packages that one of the clone's depends on, and those on. */
export function dependenciesOf(folder: string, found = new Set<string>()): Set<string> {
  for (const name of Object.keys(readManifest(folder).dependencies ?? {})) {
    if (name.startsWith('@konui/') || BUILD_ONLY.test(name)) continue;
    const dependency = [join(folder, 'node_modules', name), join(root, 'node_modules', name)].find(existsSync);
    if (dependency === undefined) throw new Error(`${name}, which ${folder} depends on, is not installed`);
    if (found.has(dependency)) continue;
    found.add(dependency);
    dependenciesOf(dependency, found);
  }
  return found;
}

/** Throws for a package whose licence somebody has to read first. */
export function licencesOf(folders: Iterable<string>): string {
  const sections = new Map<string, string>();
  for (const folder of folders) {
    const { name, version, license = '' } = readManifest(folder);
    if (!PASSED_ON.includes(license)) throw new Error(`${name} has the licence "${license}": see third-party.ts`);
    const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file));
    const texts = files.sort().map((file) => readFileSync(join(folder, file), 'utf8').trim());
    sections.set(`${name} ${version} (${license})`, texts.join('\n\n'));
  }
  const rule = '-'.repeat(80);
  const head = 'Konui contains code of these packages, under these licences.';
  const sorted = [...sections].sort(([one], [other]) => (one < other ? -1 : 1));
  return `${[head, ...sorted.map(([title, text]) => `${rule}\n${title}\n\n${text}`)].join('\n\n')}\n`;
}

export function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
