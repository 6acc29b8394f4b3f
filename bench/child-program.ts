import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A program of this folder in a process of its own; it leaves when its IPC channel closes. */
export interface ChildProgram extends AsyncDisposable {
  readonly pid: number;
  send(message: object): void;
  /** Resolves with the next message; rejects when the program ends first. */
  receive(): Promise<unknown>;
}

/** Starts a `*.child.ts` beside this file, named by its path below `bench/`. */
export function startChild(
  script: string,
  args: readonly string[] = [],
  options: { readonly cwd?: string; readonly execArgv?: readonly string[] } = {},
): ChildProgram {
  const { cwd, execArgv = [] } = options;
  const child = fork(`${import.meta.dirname}/${script}`, args, { cwd, execArgv: [...execArgv] });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${script} has no process id`);
  const received: unknown[] = [];
  let wake: (() => void) | undefined;
  child.on('message', (message) => {
    received.push(message);
    wake?.();
  });
  child.once('exit', () => wake?.());
  return {
    pid,
    send: (message) => child.send(message),
    async receive() {
      while (received.length === 0) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`${script} ended`);
        await new Promise<void>((resolve) => (wake = resolve));
      }
      return received.shift();
    },
    [Symbol.asyncDispose]: () => end(child),
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  await exited;
}
