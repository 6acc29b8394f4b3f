/** A flag as node:util's parseArgs wants it, and as help tells of it. */
export interface FlagDoc {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands behind it: `<id>`. */
  readonly value?: string;
  readonly says: string;
  /** The environment variable for the same setting. */
  readonly variable?: string;
}

/** A command as `--help` tells of it. */
export interface CommandDoc {
  /** How it is written: `konui tail [<session>]`. */
  readonly usage: string;
  /** A clause for the list of commands; the first sentence of its own help. */
  readonly does: string;
  /** What else there is to know. */
  readonly more?: string;
  /** The words behind it, by their names in `usage`. */
  readonly words?: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, FlagDoc>>;
  /** Exit code → when. */
  readonly exits: Readonly<Record<number, string>>;
  readonly example: string;
}

/** A flag with a value. */
export function textFlag(value: string, says: string, variable?: string) {
  return { type: 'string', value, says, ...(variable === undefined ? {} : { variable }) } as const;
}

/** A flag with a value that may come again. */
export function listFlag(value: string, says: string) {
  return { type: 'string', multiple: true, value, says } as const;
}

export function switchFlag(says: string, variable?: string) {
  return { type: 'boolean', says, ...(variable === undefined ? {} : { variable }) } as const;
}

export const HELP_FLAG = { type: 'boolean', short: 'h', says: 'print this' } as const;
export const HOME_FLAG = textFlag('<folder>', 'where everything is kept (~/.konui)', 'KONUI_HOME');
export const JSON_FLAG = switchFlag('JSON on stdout; an error is {"error":{"code","message"}} on stderr');
