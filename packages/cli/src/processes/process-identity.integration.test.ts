import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { endProcesses } from './end-process.ts';
import { identifyProcess, isAlive, signalProcess } from './process-identity.ts';

it('knows a process as long as it lives', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  await once(child, 'spawn');
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error('the process has no identity');
  expect(isAlive(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isAlive(identity)).toBe(false);
  expect(identifyProcess(identity.pid)).toBeUndefined();
});

it('neither counts nor signals another process that was given the same pid', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
  await once(child, 'spawn');
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error('the process has no identity');
  for (const other of [
    { ...identity, startTime: '1' },
    { ...identity, bootId: 'another boot' },
  ]) {
    expect(isAlive(other)).toBe(false);
    signalProcess(other, 'SIGKILL');
  }
  expect(isAlive(identity)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
});

it('ends a process that ignores SIGTERM', async () => {
  const child = spawn(process.execPath, [
    '-e',
    'process.on("SIGTERM", () => {}); console.log("ready"); setInterval(() => {}, 1e6)',
  ]);
  await once(child.stdout, 'data');
  const identity = identifyProcess(child.pid ?? 0);
  if (identity === undefined) throw new Error('the process has no identity');
  const exited = once(child, 'exit');
  expect(await endProcesses([identity], { graceMs: 100 })).toEqual([]);
  expect(await exited).toEqual([null, 'SIGKILL']);
});
