import type { AgentCommand } from '../agent-command.ts';
import type { NpmPackage } from '../install-npm-package.ts';
import type { Machine } from '../machine.ts';

/** An agent that npm can install. */
export interface InstallableAgent extends NpmPackage {
  /** The program, below `node_modules/<packageName>`. */
  readonly entry: string;
  /** Whether `entry` is run by Node or by itself. */
  readonly isJavaScript: boolean;
  readonly args: readonly string[];
  /** On disk, with all its dependencies. */
  readonly approxMegabytes: number;
}

/** An agent that Konui knows without being told. */
export interface CatalogueEntry {
  readonly provider: string;
  readonly name: string;
  readonly isDemo?: boolean;
  /** The agent where a person installed it already; quick, starts nothing. */
  findOnMachine(machine: Machine): AgentCommand | undefined;
  /** How it is installed when it was not found. */
  readonly install?: InstallableAgent;
  /** Where its account comes from. */
  readonly signInHint?: string;
  /** Variables of its environment that it reads keys from. */
  readonly keys?: readonly { readonly name: string; readonly label: string }[];
  /** Its own sign-in, for a terminal: program and arguments; quick, starts nothing. */
  signInCommand?(machine: Machine): readonly string[] | undefined;
  /** Environment that it is given unless Konui's own environment or agents.json sets it. */
  defaultEnv?(machine: Machine): Readonly<Record<string, string>>;
}
