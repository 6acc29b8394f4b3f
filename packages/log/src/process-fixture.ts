import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A program of this folder in a process of its own, which is gone when the test is. */
export interface RunningProgram {
  readonly process: ChildProcess;
  /** The next line on stdout; undefined at its end. */
  nextLine(): Promise<string | undefined>;
  kill(): Promise<void>;
}

export function startProgram(name: string, argument: string): RunningProgram {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, name), argument], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, 'exit');
  const kill = async () => {
    child.kill('SIGKILL');
    await exited;
  };
  onTestFinished(kill);
  return {
    process: child,
    nextLine: async () => {
      const next = await lines.next();
      return next.done === true ? undefined : next.value;
    },
    kill,
  };
}
