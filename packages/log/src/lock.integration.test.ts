import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { acquireLock, isLocked } from './lock.ts';
import { makeFolder } from './log-fixture.ts';
import { startProgram } from './process-fixture.ts';

function makeLockFile(): string {
  return path.join(makeFolder(), 'lock.db');
}

it('refuses the lock while another process lives, even one that dropped its handle, and frees it after SIGKILL', async () => {
  const file = makeLockFile();
  const holder = startProgram('hold-lock.child.ts', file);
  expect(await holder.nextLine()).toBe('held');
  expect(acquireLock(file)).toBeUndefined();
  expect(isLocked(file)).toBe(true);
  expect(await startProgram('hold-lock.child.ts', file).nextLine()).toBe('refused');
  await holder.kill();
  expect(isLocked(file)).toBe(false);
  const lock = acquireLock(file);
  expect(lock).toBeDefined();
  lock?.release();
});

it('refuses the lock while its holder is stopped', async (context) => {
  if (process.platform !== 'linux') context.skip('whether a process is stopped is read from /proc');
  const file = makeLockFile();
  const holder = startProgram('hold-lock.child.ts', file);
  expect(await holder.nextLine()).toBe('held');
  holder.process.kill('SIGSTOP');
  await expect.poll(() => fs.readFileSync(`/proc/${holder.process.pid}/stat`, 'utf8')).toContain(') T ');
  expect(acquireLock(file)).toBeUndefined();
  expect(isLocked(file)).toBe(true);
});

it('is held once within a process too, and is not lost to a look at it', async () => {
  const file = makeLockFile();
  expect(isLocked(file)).toBe(false);
  expect(fs.existsSync(file)).toBe(false);
  const lock = acquireLock(file);
  expect((fs.statSync(file).mode & 0o777).toString(8)).toBe('600');
  expect(acquireLock(file)).toBeUndefined();
  expect(isLocked(file)).toBe(true);
  expect(await startProgram('hold-lock.child.ts', file).nextLine()).toBe('refused');
  lock?.release();
  lock?.release();
  expect(isLocked(file)).toBe(false);
  expect(fs.existsSync(file)).toBe(true);
  expect(await startProgram('hold-lock.child.ts', file).nextLine()).toBe('held');
});

it('throws for a lock that cannot be made', () => {
  expect(() => acquireLock(path.join(makeFolder(), 'missing', 'lock.db'))).toThrow('ENOENT');
});
