import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { writeClientPackage } from './client-package.ts';
import { writeKonuiPackage } from './konui-package.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'dist-packages' } } });
const out = resolve(values.out);
// Not below the clone: npm would take its settings for those of the packages.
const staging = mkdtempSync(join(tmpdir(), 'konui-package-'));
try {
  mkdirSync(out, { recursive: true });
  for (const [name, write] of [
    ['konui', writeKonuiPackage],
    ['client', writeClientPackage],
  ] as const) {
    const folder = join(staging, name);
    mkdirSync(folder);
    await write(folder);
    const args = ['pack', '--silent', '--pack-destination', out];
    const file = execFileSync('npm', args, { cwd: folder, encoding: 'utf8' }).trim();
    console.log(join(out, file));
  }
} finally {
  rmSync(staging, { recursive: true, force: true });
}
