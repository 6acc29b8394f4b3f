import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createHome, locateHome } from './home.ts';

it('creates a home, and the folders above it, for the user alone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'home-'));
  try {
    const warnings: string[] = [];
    const paths = createHome(`${folder}/a/b`, (message) => warnings.push(message));
    expect([paths.home, paths.logs].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
    expect(warnings).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.each(['/file/home', '/file'])('refuses %s, where no folder can be, in one line', (name) => {
  const folder = mkdtempSync(join(tmpdir(), 'home-'));
  try {
    writeFileSync(`${folder}/file`, '');
    expect(() => createHome(folder + name, () => undefined)).toThrow(
      /^the home [^\n]+ cannot be written to \([^\n]+\); choose/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it.runIf(existsSync('/proc/self'))('refuses a home in /proc instead of trying for ever', () => {
  expect(() => createHome('/proc/konui', () => undefined)).toThrow('cannot be written to');
});

it('locates a home that does not exist yet', () => {
  expect(locateHome('/nowhere/konui').token).toBe('/nowhere/konui/token');
});
