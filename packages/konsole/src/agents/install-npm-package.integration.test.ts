import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeInstallLock } from './install-lock.ts';
import { installNpmPackage, type NpmPackage } from './install-npm-package.ts';

let folder: string;
let target: string;
let wanted: NpmPackage;
const options = { env: process.env, nodePath: process.execPath };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'konui-install-'));
  target = join(folder, 'agents', '1.0.0');
  // A package of this machine in place of one from the registry; npm treats both alike.
  const source = join(folder, 'source');
  await mkdir(source);
  await writeFile(join(source, 'package.json'), JSON.stringify({ name: 'tiny', version: '1.0.0' }));
  await writeFile(join(source, 'index.js'), '');
  wanted = { packageName: 'tiny', version: `file:${source}` };
});

afterEach(() => rm(folder, { recursive: true }));

const leftOvers = async (): Promise<string[]> =>
  (await readdir(join(folder, 'agents'))).filter((name) => name.startsWith('.installing'));

/** A stand-in for npm. */
async function envWithNpm(script: string): Promise<Record<string, string>> {
  const bin = join(folder, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'npm'), `#!/bin/sh\n${script}\n`);
  await chmod(join(bin, 'npm'), 0o755);
  return { PATH: `${bin}:/usr/bin:/bin` };
}

describe('installing from npm', () => {
  it('puts the package into its folder and leaves nothing else', async () => {
    await installNpmPackage(target, wanted, options);
    expect(existsSync(join(target, 'node_modules', 'tiny', 'index.js'))).toBe(true);
    expect(await leftOvers()).toEqual([]);
  });

  it('installs once when asked twice at the same time', async () => {
    const env = await envWithNpm(`echo started >> ${join(folder, 'starts')}`);
    await Promise.all([1, 2, 3].map(() => installNpmPackage(target, wanted, { ...options, env })));
    expect(await readFile(join(folder, 'starts'), 'utf8')).toBe('started\n');
  });

  it('waits for another process that installs the same', async () => {
    const lock = await takeInstallLock(`${target}.lock.db`);
    const signal = AbortSignal.timeout(300);
    await expect(installNpmPackage(target, wanted, { ...options, signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(existsSync(target)).toBe(false);
    lock[Symbol.dispose]();
  });

  it('clears what a killed install left behind', async () => {
    const dead = join(folder, 'agents', '.installing-1.0.0-dead');
    await mkdir(dead, { recursive: true });
    await installNpmPackage(target, wanted, { ...options, env: await envWithNpm('exit 0') });
    expect(existsSync(dead)).toBe(false);
  });

  it('leaves no half-installed folder when npm fails, and repeats its words', async () => {
    const env = await envWithNpm('echo "404 Not Found" >&2; exit 1');
    await expect(installNpmPackage(target, wanted, { ...options, env })).rejects.toThrow(
      'npm ended with 1: 404 Not Found',
    );
    expect(existsSync(target)).toBe(false);
    expect(await leftOvers()).toEqual([]);
  });

  it('says so when there is no npm', async () => {
    const env = { PATH: join(folder, 'empty') };
    const nodePath = join(folder, 'empty', 'node');
    await expect(installNpmPackage(target, wanted, { env, nodePath })).rejects.toThrow(
      /npm could not be started.*install npm/,
    );
  });

  it('ends npm when it is aborted', async () => {
    const env = await envWithNpm(`echo $$ > ${join(folder, 'pid')}; exec sleep 600`);
    const controller = new AbortController();
    const install = installNpmPackage(target, wanted, { ...options, env, signal: controller.signal });
    await expect.poll(() => existsSync(join(folder, 'pid'))).toBe(true);
    controller.abort();
    await expect(install).rejects.toMatchObject({ name: 'AbortError' });
    expect(await leftOvers()).toEqual([]);
  });
});
