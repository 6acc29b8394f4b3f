import { totalmem } from 'node:os';
import { isAbsolute } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT_CODES, ExitError } from './exit-error.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

export interface KonsoleConfig {
  /** Absolute path of the home. */
  readonly home: string;
  readonly logLevel: LogLevel;
  /** Living agents beyond this many are ended, those without work that were used least recently first. */
  readonly maxWarmAgents: number;
  /** Environment for runners: ours without the mark of a run, so that a runner does not count as part of one. */
  readonly runnerEnvironment: Readonly<Record<string, string>>;
}

/** Parses `konsole --home <abs> [--log-level info]`; throws an ExitError of one line for what it does not understand. */
export function parseKonsoleConfig(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): KonsoleConfig {
  const { values, positionals } = parseFlags(args);
  const [part, ...rest] = positionals;
  if (part !== 'konsole') throw usage(`there is no part "${part ?? ''}" here`);
  if (rest.length > 0) throw usage(`no argument "${rest.join(' ')}" is known`);
  const home = values.home?.replace(/(?<=.)\/+$/, '');
  if (home === undefined || !isAbsolute(home)) throw usage('--home must be an absolute path');
  const logLevel = LOG_LEVELS.find((level) => level === (values['log-level'] ?? 'info'));
  if (logLevel === undefined) throw usage(`--log-level must be one of ${LOG_LEVELS.join(', ')}`);
  return {
    home,
    logLevel,
    runnerEnvironment: withoutMarker(environment),
    maxWarmAgents: parseMaxWarmAgents(environment),
  };
}

function parseFlags(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { home: { type: 'string' }, 'log-level': { type: 'string' } },
      allowPositionals: true,
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

/** A warm agent costs 250–850 MB: by default they may take about half of the memory. */
function parseMaxWarmAgents(environment: Readonly<Record<string, string | undefined>>): number {
  const text = environment['KONUI_MAX_WARM_AGENTS'];
  if (text === undefined) return Math.min(8, Math.max(2, Math.floor(totalmem() / 2 ** 30 / 2)));
  const max = Number(text);
  if (!Number.isSafeInteger(max) || max < 1) throw usage('KONUI_MAX_WARM_AGENTS must be a number of at least 1');
  return max;
}

function withoutMarker(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && name !== 'KONUI_MARKER') kept[name] = value;
  }
  return kept;
}

function usage(message: string): ExitError {
  const [line = ''] = message.split('\n');
  return new ExitError(`${line}; usage: konsole --home <absolute path> [--log-level <level>]`, EXIT_CODES.usage);
}
