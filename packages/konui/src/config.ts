import { isAbsolute, resolve } from 'node:path';
import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { parseArgs } from 'node:util';
import { EXIT_CODES, StartupError } from './startup-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Config {
  readonly home: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  readonly logLevel: string;
  /** Host names, with or without a port, that requests may name besides loopback and `host`. */
  readonly allowedHosts: readonly string[];
  readonly allowedOrigins: readonly string[];
  /** CIDR ranges or addresses of proxies whose forwarding headers count. */
  readonly trustedProxies: readonly string[];
  /** User that a platform in front has signed in already; undefined switches platform mode off. */
  readonly platformUser: string | undefined;
  /** The folder that the web app was built into. */
  readonly webFolder: string;
  /** `mailto:` or `https:`: where a push service reaches whoever runs this. */
  readonly pushContact: string;
  /** Notifications may go to private networks, and by plain HTTP: for tests, and push services of one's own. */
  readonly pushAllowsPrivate: boolean;
}

/** Push services ask for a way to reach the sender; Apple's refuses what looks like no address at all. */
const DEFAULT_CONTACT = 'mailto:konui@konui.invalid';
const LOG_LEVELS: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];
const text = { type: 'string' } as const;
const OPTIONS = {
  home: text,
  port: text,
  host: text,
  'log-level': text,
  'allowed-hosts': text,
  'allowed-origins': text,
  'trusted-proxies': text,
  'platform-user': text,
  'web-folder': text,
  'push-contact': text,
  'push-allow-private': text,
} as const;

/** Reads flags and environment (a flag wins); throws a StartupError for what it does not understand. */
export function parseConfig(args: readonly string[], env: Environment): Config {
  const flags = parseFlags(args);
  const setting = (flag: keyof typeof OPTIONS): string | undefined =>
    flags[flag] ?? (env[`KONUI_${flag.replaceAll('-', '_').toUpperCase()}`] || undefined);
  const list = (flag: keyof typeof OPTIONS): string[] =>
    (setting(flag) ?? '')
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '');

  const home = setting('home') ?? resolve(homedir(), '.konui');
  if (!isAbsolute(home)) throw invalid(`--home must be an absolute path, not "${home}"`);
  const logLevel = setting('log-level') ?? 'info';
  if (!LOG_LEVELS.includes(logLevel)) {
    throw invalid(`--log-level must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}"`);
  }
  const platformUser = setting('platform-user');
  if (platformUser !== undefined && platformUser.length > 200) {
    throw invalid('--platform-user must have at most 200 characters');
  }
  return {
    home,
    port: toPort(setting('port') ?? '4680'),
    host: toListenHost(setting('host') ?? '127.0.0.1'),
    logLevel,
    allowedHosts: list('allowed-hosts').map(toHost),
    allowedOrigins: list('allowed-origins').map(toOriginUrl),
    trustedProxies: list('trusted-proxies').map(toRange),
    platformUser,
    pushContact: toContact(setting('push-contact') ?? DEFAULT_CONTACT),
    pushAllowsPrivate: toBoolean('push-allow-private', setting('push-allow-private')),
    webFolder: setting('web-folder') ?? resolve(import.meta.dirname, '../../web/dist'),
  };
}

function parseFlags(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    // The word names this process's part in `ps`; nothing else is expected beside it.
    const foreign = positionals.find((word) => word !== 'konui');
    if (foreign !== undefined) throw invalid(`"${foreign}" is no argument of the gateway`);
    return values;
  } catch (error) {
    if (error instanceof StartupError) throw error;
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw invalid(sentence.replace(/\.$/, ''));
  }
}

function toPort(value: string): number {
  const port = Number(value);
  if (/^\d+$/.test(value) && port <= 65_535) return port;
  throw invalid(`--port must be a number from 0 to 65535, not "${value}"`);
}

/** What `new URL` takes as a host; whether it can be resolved and belongs to this machine is found out by listening. */
function toListenHost(value: string): string {
  const isAddress = isIP(value) !== 0;
  // "999.1.1.1" looks like a name, but no URL takes it for one.
  if (isAddress || (/^[\w.-]+$/.test(value) && URL.canParse(`http://${value}`))) return value;
  throw invalid(`--host must be an IP address or a host name, not "${value}"`);
}

function toHost(value: string): string {
  if (URL.canParse(`http://${value}`)) {
    const url = new URL(`http://${value}`);
    if (url.pathname === '/' && url.search === '' && url.username === '' && !value.endsWith('/'))
      return value.toLowerCase();
  }
  throw invalid(`--allowed-hosts takes names like konui.example.com or konui.example.com:8443, not "${value}"`);
}

function toOriginUrl(value: string): string {
  if (URL.canParse(value)) {
    const { origin } = new URL(value);
    if (/^https?:/.test(origin) && (value === origin || value === `${origin}/`)) return origin;
  }
  throw invalid(`--allowed-origins takes origins like https://konui.example.com, not "${value}"`);
}

function toContact(value: string): string {
  if (/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(value) && URL.canParse(value)) return value;
  throw invalid(`--push-contact takes an address like mailto:me@example.com or https://example.com, not "${value}"`);
}

function toBoolean(flag: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw invalid(`--${flag} must be true or false, not "${value}"`);
}

function toRange(value: string): string {
  const [address = '', bits, ...rest] = value.split('/');
  const family = isIP(address);
  const isValid =
    family !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d+$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
  if (isValid) return value;
  throw invalid(`--trusted-proxies takes addresses or ranges like 10.0.0.0/8, not "${value}"`);
}

function invalid(message: string): StartupError {
  return new StartupError(message, EXIT_CODES.config);
}
