import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentWithoutNpx } from './environment-without-npx.ts';
import { EXIT_CODES, ExitError } from './exit-error.ts';
import {
  GATEWAY_FLAGS,
  LAUNCHER_COMMANDS,
  LAUNCHER_FLAGS,
  type LauncherCommand,
  LOG_LEVELS,
} from './launcher-commands.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type CommandLine =
  | { readonly command: 'start'; readonly home: string; readonly options: StartOptions }
  | { readonly command: 'stop'; readonly home: string }
  | { readonly command: 'status'; readonly home: string; readonly asJson: boolean }
  | { readonly command: 'restart'; readonly home: string; readonly fallback: StartOptions }
  | { readonly command: 'help'; readonly topic: LauncherCommand | undefined }
  | { readonly command: 'version' };

export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  readonly opensBrowser: boolean;
  /** Flags for the gateway alone, as it wants them on its command line. */
  readonly gatewayFlags: readonly string[];
}

/** Reads flags and environment (a flag wins); throws an ExitError of one line for what it does not understand. */
export function parseCommandLine(args: readonly string[], env: Environment): CommandLine {
  const { values, positionals } = parseFlags(args);
  const asksForHelp = values.help === true || positionals[0] === 'help';
  const [word, ...rest] = positionals[0] === 'help' ? positionals.slice(1) : positionals;
  if (word === undefined && asksForHelp) return { command: 'help', topic: undefined };
  if (values.version === true) return { command: 'version' };
  const command = toCommand(word ?? 'start');
  if (asksForHelp) return { command: 'help', topic: command };
  if (rest.length > 0) throw usage(`konui ${command} takes no argument "${rest.join(' ')}"; try konui --help`);
  const foreign = Object.keys(values).find((flag) => !Object.hasOwn(LAUNCHER_COMMANDS[command].flags, flag));
  if (foreign !== undefined) throw usage(`konui ${command} has no flag --${foreign}; try konui ${command} --help`);

  const setting = (flag: string) => {
    const value = Object.entries(values).find(([name]) => name === flag)?.[1];
    return typeof value === 'string' ? value : env[variableOf(flag)] || undefined;
  };
  // An unset shell variable must not make a home of the folder that one happens to be in.
  if (setting('home') === '') throw usage('--home is empty; name a folder');
  const home = resolve(setting('home') ?? resolve(homedir(), '.konui'));
  const toOptions = (): StartOptions => ({
    port: toPort(setting('port') ?? '4680'),
    host: setting('host') ?? '127.0.0.1',
    logLevel: toLogLevel(setting('log-level') ?? 'info'),
    opensBrowser: values['no-open'] !== true && !isSet(env['KONUI_NO_OPEN']) && !isSet(env['CI']),
    gatewayFlags: Object.keys(GATEWAY_FLAGS).flatMap((flag) => {
      const value = setting(flag);
      return value === undefined ? [] : [`--${flag}`, value];
    }),
  });
  switch (command) {
    case 'stop':
      return { command, home };
    case 'restart':
      return { command, home, fallback: toOptions() };
    case 'status':
      return { command, home, asJson: values.json === true };
    case 'start':
      return { command, home, options: toOptions() };
  }
}

/**
 * The environment for gateway and host: without the mark of a run, so that they do not count as part of it, and
 * without what npx adds, which agents would inherit.
 */
export function environmentOfParts(env: Environment): Record<string, string> {
  const parts: Record<string, string> = {};
  for (const [name, value] of Object.entries(environmentWithoutNpx(env))) {
    if (value !== undefined && name !== 'KONUI_MARKER') parts[name] = value;
  }
  return parts;
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: LAUNCHER_FLAGS, allowPositionals: true });
  } catch (error) {
    // Node's messages go on with advice about positional arguments; the first sentence names the flag.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw usage(`${sentence.replace(/\.$/, '')}; try konui --help`);
  }
}

function toCommand(word: string): LauncherCommand {
  if (isCommand(word)) return word;
  throw usage(`there is no command "${word}"; try konui --help`);
}

function isCommand(word: string): word is LauncherCommand {
  return Object.hasOwn(LAUNCHER_COMMANDS, word);
}

function toPort(value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw usage(`--port must be a number from 0 to 65535, not "${value}"`);
}

function toLogLevel(value: string): string {
  if (LOG_LEVELS.includes(value)) return value;
  throw usage(`--log-level must be one of ${LOG_LEVELS.join(', ')}, not "${value}"`);
}

function variableOf(flag: string): string {
  return `KONUI_${flag.replaceAll('-', '_').toUpperCase()}`;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value);
}

function usage(message: string): ExitError {
  return new ExitError(message, EXIT_CODES.usage);
}
