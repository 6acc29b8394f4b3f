import { chmodSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { EXIT_CODES } from './exit-error.ts';
import { prepareHome, refuseNetworkFileSystem, removeStaleSocket } from './prepare-home.ts';
import { createTempHome } from './testing/temp-home.ts';

function prepare(paths: Parameters<typeof prepareHome>[0]) {
  const lock = prepareHome(paths);
  onTestFinished(() => lock.release());
  return lock;
}

it('creates folders that the user alone may enter', () => {
  const paths = createTempHome();
  for (const folder of [paths.sessions, paths.trash, paths.socketFolder]) rmSync(folder, { recursive: true });
  prepare(paths);
  for (const folder of [paths.sessions, paths.trash, paths.logs, paths.socketFolder]) {
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  }
});

it('takes the permissions of others away from the folder of the sockets', () => {
  const paths = createTempHome();
  chmodSync(paths.socketFolder, 0o777);
  prepare(paths);
  expect(statSync(paths.socketFolder).mode & 0o777).toBe(0o700);
});

it('refuses a folder of the sockets that is a symbolic link', () => {
  const paths = createTempHome();
  rmSync(paths.socketFolder, { recursive: true });
  symlinkSync(paths.sessions, paths.socketFolder);
  expect(() => prepareHome(paths)).toThrow(expect.objectContaining({ exitCode: EXIT_CODES.cannotCreate }));
});

it('refuses a home that another process holds', () => {
  const paths = createTempHome();
  prepare(paths);
  expect(() => prepareHome(paths)).toThrow(expect.objectContaining({ exitCode: EXIT_CODES.heldByAnother }));
});

it('refuses a home that is a file', () => {
  const paths = createTempHome();
  const home = join(paths.home, 'file');
  writeFileSync(home, '');
  expect(() => prepareHome({ ...paths, home })).toThrow(expect.objectContaining({ exitCode: EXIT_CODES.cannotCreate }));
});

it('does not remove what is no socket', () => {
  const paths = createTempHome();
  writeFileSync(paths.konsoleSocket, 'precious');
  expect(() => removeStaleSocket(paths.konsoleSocket)).toThrow('is no socket');
});

it('refuses a home on a network file system, where a lock is another machine’s word', () => {
  const EXT4 = 0xef53;
  refuseNetworkFileSystem('/home/me/.konui', EXT4);
  for (const type of [0x6969, 0xff534d42, 0xff534d42 | 0]) {
    expect(() => refuseNetworkFileSystem('/mnt/share', type)).toThrow(/\/mnt\/share lies on a network file system/);
  }
});
