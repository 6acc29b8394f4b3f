import { type CommandDoc, HELP_FLAG, HOME_FLAG, JSON_FLAG, switchFlag, textFlag } from './help/command-doc.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** Handed on to the gateway as they are. */
export const GATEWAY_FLAGS = {
  'allowed-hosts': textFlag('<names>', 'host names, besides loopback, that requests may name', 'KONUI_ALLOWED_HOSTS'),
  'allowed-origins': textFlag('<urls>', 'origins, besides its own, that pages may come from', 'KONUI_ALLOWED_ORIGINS'),
  'trusted-proxies': textFlag(
    '<ranges>',
    'addresses of proxies whose forwarding headers count',
    'KONUI_TRUSTED_PROXIES',
  ),
  'platform-user': textFlag('<name>', 'user whom a platform in front has already signed in', 'KONUI_PLATFORM_USER'),
  'push-contact': textFlag('<address>', 'mailto: or https: address that push services are told', 'KONUI_PUSH_CONTACT'),
  'push-allow-private': textFlag(
    '<true>',
    'notifications also to private networks, and by HTTP (false)',
    'KONUI_PUSH_ALLOW_PRIVATE',
  ),
} as const;

export const START_FLAGS = {
  home: HOME_FLAG,
  port: textFlag('<n>', 'port of the web page (4680; 0 picks a free one)', 'KONUI_PORT'),
  host: textFlag('<address>', 'address to listen on (127.0.0.1)', 'KONUI_HOST'),
  'no-open': switchFlag('do not open the browser', 'KONUI_NO_OPEN'),
  'log-level': textFlag('<level>', `${LOG_LEVELS.join(', ')} (info)`, 'KONUI_LOG_LEVEL'),
  ...GATEWAY_FLAGS,
} as const;

/** Every flag of these commands; which of them a command takes stands in `LAUNCHER_COMMANDS`. */
export const LAUNCHER_FLAGS = {
  help: HELP_FLAG,
  version: { type: 'boolean', short: 'v', says: 'print the version' },
  json: JSON_FLAG,
  ...START_FLAGS,
} as const;

const own = { home: HOME_FLAG, help: HELP_FLAG };
const failures = { 1: 'it failed; stderr says why', 2: 'the command line is not understood' } as const;

/** What starts and ends Konui. */
export const LAUNCHER_COMMANDS = {
  start: {
    usage: 'konui [start]',
    does: 'start gateway and host, print the link, and watch over both until Ctrl-C',
    more: 'Where they run already it prints their link and leaves; runs go on after one Ctrl-C, and end at a second',
    flags: { ...START_FLAGS, help: HELP_FLAG },
    exits: {
      0: 'it was ended, or Konui runs already',
      ...failures,
      73: 'the home cannot be written to',
      78: 'a file of settings is broken',
      98: 'the port is taken',
    },
    example: 'konui start --port 8080 --no-open',
  },
  stop: {
    usage: 'konui stop',
    does: 'end gateway, host, and all runs',
    more: 'With a session behind it, it ends the run of that one alone: konui stop <session> --help',
    flags: own,
    exits: { 0: 'nothing runs any more', ...failures },
    example: 'konui stop',
  },
  status: {
    usage: 'konui status',
    does: 'show what runs; exit code 3 when gateway or host does not answer',
    flags: { json: JSON_FLAG, ...own },
    exits: { 0: 'gateway and host answer', ...failures, 3: 'one of them does not' },
    example: 'konui status --json',
  },
  restart: {
    usage: 'konui restart',
    does: 'restart gateway and host; runs go on',
    flags: own,
    exits: { 0: 'the new ones answer', ...failures, 3: 'nothing runs; start it with: konui start' },
    example: 'konui restart',
  },
} as const satisfies Record<string, CommandDoc>;

export type LauncherCommand = keyof typeof LAUNCHER_COMMANDS;
