import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { environmentWithoutNpx } from './environment-without-npx.ts';
import { EXIT_CODES, ExitError } from './exit-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export type CommandLine =
  | { readonly command: 'start'; readonly home: string; readonly options: StartOptions }
  | { readonly command: 'stop'; readonly home: string }
  | { readonly command: 'status'; readonly home: string; readonly asJson: boolean }
  | { readonly command: 'restart'; readonly home: string; readonly fallback: StartOptions }
  | { readonly command: 'help' }
  | { readonly command: 'version' };

export interface StartOptions {
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  readonly opensBrowser: boolean;
  /** Flags for the gateway alone, as it wants them on its command line. */
  readonly gatewayFlags: readonly string[];
}

const COMMANDS = ['start', 'stop', 'status', 'restart'] as const;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const GATEWAY_FLAGS = [
  'allowed-hosts',
  'allowed-origins',
  'trusted-proxies',
  'platform-user',
  'push-contact',
  'push-allow-private',
] as const;

const text = { type: 'string' } as const;
const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
  home: text,
  port: text,
  host: text,
  'log-level': text,
  'no-open': { type: 'boolean' },
  json: { type: 'boolean' },
  'allowed-hosts': text,
  'allowed-origins': text,
  'trusted-proxies': text,
  'platform-user': text,
  'push-contact': text,
  'push-allow-private': text,
} as const;

const FLAGS_OF: Record<(typeof COMMANDS)[number], readonly string[]> = {
  start: ['home', 'port', 'host', 'log-level', 'no-open', ...GATEWAY_FLAGS],
  stop: ['home'],
  status: ['home', 'json'],
  restart: ['home'],
};

export const HELP = `konui: a console for coding agents in the browser

  konui [start]   start gateway and host, print the link, and watch over both until Ctrl-C
  konui stop      end gateway, host, and all runs
  konui status    show what runs (--json for scripts); exit code 3 when gateway or host does not answer
  konui restart   restart gateway and host; runs go on

  konui sessions                 list sessions (--running)
  konui prompt <text>            ask, and print the answer (--session, or --agent and --project for a new one; --detach)
  konui tail [<session>]         print what a session does (--after <seq>)
  konui stop <session>           end the run of one session
  konui inject [<text>] [-]      push a prompt into a session (--session, --policy queue|steer|interrupt, --origin, --key);
                                 without a text, or with "-", it reads stdin: make test 2>&1 | konui inject
  konui kontask list|show|create|complete|import|watch
                                 reports and requests (--title, --for, --scope, --tag, --output <file>, --commit,
                                 --choice <label>=<prompt>, --status, --query)
  konui mcp                      serve the kontask tools over stdio, as agents get them

These talk to the gateway of --home, or to --url with --token (KONUI_URL, KONUI_TOKEN); --json is for scripts.

Flags, each with an environment variable:
  --home <folder>             KONUI_HOME             where everything is kept (~/.konui)
  --port <n>                  KONUI_PORT             port of the web page (4680; 0 picks a free one)
  --host <address>            KONUI_HOST             address to listen on (127.0.0.1)
  --no-open                   KONUI_NO_OPEN          do not open the browser
  --log-level <level>         KONUI_LOG_LEVEL        ${LOG_LEVELS.join(', ')} (info)
  --allowed-hosts <names>     KONUI_ALLOWED_HOSTS    host names, besides loopback, that requests may name
  --allowed-origins <urls>    KONUI_ALLOWED_ORIGINS  origins, besides its own, that pages may come from
  --trusted-proxies <ranges>  KONUI_TRUSTED_PROXIES  addresses of proxies whose forwarding headers count
  --platform-user <name>      KONUI_PLATFORM_USER    user whom a platform in front has already signed in
  --push-contact <address>    KONUI_PUSH_CONTACT     mailto: or https: address that push services are told
`;

/** Reads flags and environment (a flag wins); throws an ExitError of one line for what it does not understand. */
export function parseCommandLine(args: readonly string[], env: Environment): CommandLine {
  const { values, positionals } = parseFlags(args);
  if (values.help === true) return { command: 'help' };
  if (values.version === true) return { command: 'version' };
  const [word = 'start', ...rest] = positionals;
  if (word === 'help') return { command: 'help' };
  const command = COMMANDS.find((known) => known === word);
  if (command === undefined) throw usage(`there is no command "${word}"; try konui --help`);
  if (rest.length > 0) throw usage(`konui ${command} takes no argument "${rest.join(' ')}"; try konui --help`);
  const foreign = Object.keys(values).find((flag) => !FLAGS_OF[command].includes(flag));
  if (foreign !== undefined) throw usage(`konui ${command} has no flag --${foreign}; try konui --help`);

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
    gatewayFlags: GATEWAY_FLAGS.flatMap((flag) => {
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
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Node's messages go on with advice about positional arguments; the first sentence names the flag.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw usage(`${sentence.replace(/\.$/, '')}; try konui --help`);
  }
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
