import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { HomePaths } from '@konui/protocol';
import type { AgentCommand } from './agent-command.ts';

/** What agents are looked for on. */
export interface Machine {
  readonly paths: HomePaths;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The Node that agents written in JavaScript run on; theirs may be older than they need. */
  readonly nodePath: string;
  /** The program of the demo agent. */
  readonly demoPath: string;
}

/** The absolute path of a command on the PATH. */
export function findOnPath({ env }: Machine, command: string): string | undefined {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, command)).find(isExecutable);
}

/** How to start a program that was found on the PATH: a script by our Node, whatever its first line says. */
export function findAgentOnPath(
  machine: Machine,
  command: string,
  args: readonly string[] = [],
): AgentCommand | undefined {
  const found = findOnPath(machine, command);
  if (found === undefined) return undefined;
  const real = realpathSync(found);
  return /\.[cm]?js$/.test(real) ? { command: machine.nodePath, args: [real, ...args] } : { command: found, args };
}

export function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    // Missing, or not for us: not executable either way.
    return false;
  }
}
