import { chmodSync, copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { bundle, OLDEST_NODE, root } from './bundle.ts';
import { dependenciesOf, licencesOf, packagesOf, readManifest } from './third-party.ts';

const COMMAND = 'packages/cli/src';
/** The programs lie where they lie in the clone, so that each finds the others. */
const PROGRAMS: Readonly<Record<string, string>> = {
  [COMMAND]: 'command',
  'packages/konui/src': 'main',
  'packages/konsole/src': 'main',
  'packages/konsole/src/runner': 'main',
  'packages/konsole/src/agents/demo': 'main',
};
/** Not bundled: its licence (MPL-2.0) asks of whoever passes it on to offer its source too, which npm does. */
const LEFT_TO_NPM = 'web-push';
/** Modules in C that `ws` uses where somebody has installed them. */
const OPTIONAL = ['bufferutil', 'utf-8-validate'];

/** Writes the package `konui`: the programs with what they import, and the web app. */
export async function writeKonuiPackage(folder: string): Promise<void> {
  const modules: string[] = [];
  for (const [place, name] of Object.entries(PROGRAMS)) {
    const entries = { [name]: `${place}/main.ts` };
    modules.push(...(await bundle({ entries, outFolder: join(folder, place), external: [LEFT_TO_NPM, ...OPTIONAL] })));
  }
  copyFileSync(join(import.meta.dirname, 'start-command.js'), join(folder, COMMAND, 'main.js'));
  chmodSync(join(folder, COMMAND, 'main.js'), 0o755);

  const web = join(root, 'packages/web');
  const webFolder = join(folder, 'packages/web/dist');
  await build({ root: web, logLevel: 'error', build: { outDir: webFolder, emptyOutDir: true } });

  const { version, license } = readManifest(join(root, COMMAND, '..'));
  const manifest = {
    name: 'konui',
    version,
    description: 'A console for coding agents in the browser that never loses what an agent did.',
    license,
    type: 'module',
    bin: { konui: `${COMMAND}/main.js` },
    engines: { node: `>=${OLDEST_NODE}` },
    os: ['!win32'],
    dependencies: { [LEFT_TO_NPM]: readManifest(join(root, 'packages/konui')).dependencies?.[LEFT_TO_NPM] },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(root, COMMAND, '../README.md'), join(folder, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  const packages = new Set([...packagesOf(modules), ...dependenciesOf(web)]);
  writeFileSync(join(folder, 'THIRD-PARTY-LICENCES.txt'), licencesOf(packages));
}
