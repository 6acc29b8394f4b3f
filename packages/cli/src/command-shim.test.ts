import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeCommandShim } from './command-shim.ts';

it('runs the command for its home, whatever characters the paths hold', () => {
  const folder = mkdtempSync(join(tmpdir(), `konui "$HOME" it's }`));
  try {
    const main = join(folder, 'main.js');
    writeFileSync(main, 'console.log(process.env.KONUI_HOME, process.argv.slice(2).join("|"))');
    writeCommandShim(folder, main);
    const shim = join(folder, 'bin/konui');
    const { KONUI_HOME: _, ...env } = process.env;
    expect(execFileSync(shim, ['stop', 'a b'], { env, encoding: 'utf8' })).toBe(`${folder} stop|a b\n`);
    expect(execFileSync(shim, [], { env: { ...env, KONUI_HOME: '/else' }, encoding: 'utf8' })).toBe('/else \n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
