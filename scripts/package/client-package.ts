import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { bundle, root } from './bundle.ts';
import { readManifest } from './third-party.ts';

const PACKAGES = ['protocol', 'client'];
/** The first with a global WebSocket. */
const OLDEST_NODE = '>=22';

/** Writes the package `@konui/client`: the SDK and the schemas of the protocol, with their types. */
export async function writeClientPackage(folder: string): Promise<void> {
  const entries = Object.fromEntries(PACKAGES.map((name) => [`${name}/src/index`, `packages/${name}/src/index.ts`]));
  await bundle({ entries, outFolder: folder, external: [/^zod(\/|$)/], keepsModules: true });
  for (const name of PACKAGES) writeTypes(folder, name);

  const { name, version, license, dependencies = {} } = readManifest(join(root, 'packages/client'));
  const manifest = {
    name,
    version,
    description: 'SDK of Konui for browsers and Node: sessions, prompts, events, kontasks.',
    license,
    type: 'module',
    sideEffects: false,
    exports: {
      '.': exportOf('client'),
      './protocol': exportOf('protocol'),
    },
    engines: { node: OLDEST_NODE },
    dependencies: { zod: dependencies['zod'] },
  };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(root, 'packages/client/README.md'), join(folder, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}

function exportOf(name: string) {
  return { types: `./${name}/src/index.d.ts`, default: `./${name}/src/index.js` };
}

function writeTypes(folder: string, name: string): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const output = ['--noEmit', 'false', '--declaration', '--emitDeclarationOnly'];
  const folders = ['--rootDir', join(root, 'packages'), '--outDir', folder];
  execFileSync(process.execPath, [tsc, '-p', join(root, 'packages', name), ...output, ...folders], {
    stdio: 'inherit',
  });
  const protocol = join(folder, 'protocol/src/index.js');
  for (const entry of readdirSync(join(folder, name), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.d.ts')) continue;
    const file = join(entry.parentPath, entry.name);
    const toProtocol = relative(dirname(file), protocol);
    // There is no package @konui/protocol, and the files beside a declaration are no TypeScript.
    const text = readFileSync(file, 'utf8')
      .replaceAll(/(from |import\()(['"])@konui\/protocol\2/g, `$1$2${toProtocol}$2`)
      .replaceAll(/((?:from |import\()['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js');
    writeFileSync(file, text);
  }
}
