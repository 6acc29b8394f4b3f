import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { EXIT_CODES, ExitError } from '../exit-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** A command that talks to a running gateway, as it stands on the command line. */
export interface TalkCommandLine {
  readonly command: TalkCommand;
  readonly home: string;
  readonly url: string | undefined;
  readonly token: string | undefined;
  readonly asJson: boolean;
  /** What stands behind the command. */
  readonly words: readonly string[];
  readonly flags: TalkFlags;
}

export interface TalkFlags {
  readonly [name: string]: string | boolean | readonly (string | boolean)[] | undefined;
}

const text = { type: 'string' } as const;
const many = { type: 'string', multiple: true } as const;
const yes = { type: 'boolean' } as const;

/** Of every one of these commands. */
const COMMON = { home: text, url: text, token: text, json: yes } as const;

const KONTASK_FIELDS = { title: text, description: text, type: text, scope: text, tag: many, for: text } as const;
const KONTASK_CONTEXT = { output: text, commit: text, choice: many } as const;

/** Each command with its own flags, and how many words it takes: [at least, at most]. */
const COMMANDS = {
  sessions: { flags: { running: yes }, words: [0, 0] },
  prompt: { flags: { session: text, agent: text, project: text, detach: yes }, words: [0, Infinity] },
  tail: { flags: { session: text, after: text }, words: [0, 1] },
  inject: { flags: { session: text, policy: text, origin: text, key: text }, words: [0, Infinity] },
  'stop-session': { flags: {}, words: [1, 1] },
  'kontask list': {
    flags: { status: text, type: text, scope: text, tag: many, for: text, query: text },
    words: [0, 0],
  },
  'kontask show': { flags: {}, words: [1, 1] },
  'kontask create': { flags: { id: text, ...KONTASK_FIELDS, ...KONTASK_CONTEXT }, words: [0, 0] },
  'kontask complete': { flags: { status: text, ...KONTASK_CONTEXT, description: text, tag: many }, words: [1, 1] },
  'kontask import': { flags: {}, words: [1, Infinity] },
  'kontask watch': { flags: { status: text, scope: text, for: text }, words: [0, 0] },
  mcp: { flags: { session: text, provider: text }, words: [0, 0] },
} as const satisfies Record<string, { flags: ParseArgsOptionsConfig; words: readonly [number, number] }>;

export type TalkCommand = keyof typeof COMMANDS;

/**
 * Reads a command that talks to a gateway; undefined where the arguments are no such command. Throws an ExitError of one
 * line for what it does not understand.
 */
export function parseTalkCommandLine(args: readonly string[], env: Environment): TalkCommandLine | undefined {
  const found = findCommand(args);
  if (found === undefined) return undefined;
  const { command, rest } = found;
  const { flags, words } = COMMANDS[command];
  const parsed = parseFlags(rest, { ...COMMON, ...flags });
  const values: TalkFlags = parsed.values;
  const [least, most] = words;
  if (parsed.positionals.length < least) throw usage(`konui ${command} needs one word more; try konui --help`);
  if (parsed.positionals.length > most) {
    throw usage(`konui ${command} takes no argument "${parsed.positionals.slice(most).join(' ')}"; try konui --help`);
  }
  return {
    command,
    home: resolve(textOf(values['home']) ?? (env['KONUI_HOME'] || resolve(homedir(), '.konui'))),
    url: textOf(values['url']) ?? (env['KONUI_URL'] || undefined),
    token: textOf(values['token']) ?? (env['KONUI_TOKEN'] || undefined),
    asJson: values['json'] === true,
    words: parsed.positionals,
    flags: values,
  };
}

function findCommand(args: readonly string[]): { command: TalkCommand; rest: readonly string[] } | undefined {
  const [first, second, ...rest] = args;
  if (first === undefined) return undefined;
  // `konui stop` ends everything; with a session behind it, that session's run alone.
  if (first === 'stop' && second !== undefined && !second.startsWith('-')) {
    return { command: 'stop-session', rest: args.slice(1) };
  }
  if (first === 'kontask') {
    const command = `kontask ${second ?? ''}`;
    if (isCommand(command)) return { command, rest };
    throw usage('konui kontask needs one of: list, show, create, complete, import, watch');
  }
  return isCommand(first) && first !== 'stop-session' ? { command: first, rest: args.slice(1) } : undefined;
}

function isCommand(name: string): name is TalkCommand {
  return Object.hasOwn(COMMANDS, name);
}

function parseFlags(args: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // Node's messages go on with advice about positional arguments; the first sentence names the flag.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw usage(`${sentence.replace(/\.$/, '')}; try konui --help`);
  }
}

export function textOf(value: TalkFlags[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function usage(message: string): ExitError {
  return new ExitError(message, EXIT_CODES.usage);
}
