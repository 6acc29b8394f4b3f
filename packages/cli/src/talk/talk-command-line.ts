import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT_CODES, ExitError } from '../exit-error.ts';
import { TALK_COMMANDS, type TalkCommand, type TalkCommandDoc } from './talk-commands.ts';

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

/** One of these commands is asked what it does. */
export interface HelpLine {
  readonly command: 'help';
  readonly topic: TalkCommand | 'kontask';
}

export interface TalkFlags {
  readonly [name: string]: string | boolean | readonly (string | boolean)[] | undefined;
}

/**
 * Reads a command that talks to a gateway; undefined where the arguments are no such command. Throws an ExitError of one
 * line for what it does not understand.
 */
export function parseTalkCommandLine(
  args: readonly string[],
  env: Environment,
): TalkCommandLine | HelpLine | undefined {
  const found = findCommand(args);
  if (found === undefined) return undefined;
  const { command, rest } = found;
  if (command === 'kontask') {
    if (rest.some(isHelp)) return { command: 'help', topic: command };
    throw usage('konui kontask needs one of: list, show, create, complete, import, watch; try konui kontask --help');
  }
  const doc: TalkCommandDoc = TALK_COMMANDS[command];
  const [least, most] = doc.wordCount;
  const name = doc.usage.split(/ [<[]/)[0] ?? '';
  const parsed = parseFlags(rest, doc.flags, name);
  const values: TalkFlags = parsed.values;
  if (values['help'] === true) return { command: 'help', topic: command };
  if (parsed.positionals.length < least) throw usage(`${name} needs one word more; try ${name} --help`);
  if (parsed.positionals.length > most) {
    throw usage(`${name} takes no argument "${parsed.positionals.slice(most).join(' ')}"; try ${name} --help`);
  }
  return {
    command,
    home: resolve(textOf(values['home']) ?? (env['KONUI_HOME'] || resolve(homedir(), '.konui'))),
    url: toAddress(textOf(values['url']) ?? (env['KONUI_URL'] || undefined)),
    token: toToken(textOf(values['token']) ?? (env['KONUI_TOKEN'] || undefined)),
    asJson: values['json'] === true,
    words: parsed.positionals,
    flags: values,
  };
}

function findCommand(
  args: readonly string[],
): { command: TalkCommand | 'kontask'; rest: readonly string[] } | undefined {
  const [first, second, ...rest] = args;
  if (first === undefined) return undefined;
  if (first === 'help') return second === undefined ? undefined : findCommand([second, ...rest, '--help']);
  // `konui stop` ends everything; with a session behind it, that session's run alone.
  if (first === 'stop' && second !== undefined && !second.startsWith('-')) {
    return { command: 'stop-session', rest: args.slice(1) };
  }
  if (first === 'kontask') {
    const command = `kontask ${second ?? ''}`;
    return isCommand(command) ? { command, rest } : { command: 'kontask', rest: args.slice(1) };
  }
  return isCommand(first) && first !== 'stop-session' ? { command: first, rest: args.slice(1) } : undefined;
}

function isCommand(name: string): name is TalkCommand {
  return Object.hasOwn(TALK_COMMANDS, name);
}

function isHelp(arg: string): boolean {
  return arg === '--help' || arg === '-h';
}

function toAddress(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const url = URL.parse(value);
  if (url !== null && /^https?:$/.test(url.protocol) && url.search === '' && url.hash === '') return value;
  throw usage('--url must be an address like http://127.0.0.1:4680, with nothing behind a "?" or "#"');
}

/** What a header can hold; anything else would look like a gateway that does not answer. */
function toToken(value: string | undefined): string | undefined {
  if (value === undefined || /^[\x21-\x7e]+$/.test(value)) return value;
  throw usage('--token must be a token as konui prints it: ASCII without spaces');
}

function parseFlags(args: readonly string[], flags: TalkCommandDoc['flags'], name: string) {
  try {
    return parseArgs({ args: [...args], options: { ...flags }, allowPositionals: true });
  } catch (error) {
    // Node's messages go on with advice about positional arguments; the first sentence names the flag.
    const [sentence = ''] = (error instanceof Error ? error.message : String(error)).split(/\. |\n/);
    throw usage(`${sentence.replace(/\.$/, '')}; try ${name} --help`);
  }
}

export function textOf(value: TalkFlags[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function usage(message: string): ExitError {
  return new ExitError(message, EXIT_CODES.usage);
}
