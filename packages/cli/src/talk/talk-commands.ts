import {
  type CommandDoc,
  HELP_FLAG,
  HOME_FLAG,
  JSON_FLAG,
  listFlag,
  switchFlag,
  textFlag,
} from '../help/command-doc.ts';

/** A command that talks to a gateway. */
export interface TalkCommandDoc extends CommandDoc {
  /** How many words it takes: [at least, at most]. */
  readonly wordCount: readonly [number, number];
}

/** Of every one of these commands. */
export const TALK_FLAGS = {
  home: HOME_FLAG,
  url: textFlag('<address>', 'the gateway to talk to, in place of the one of the home', 'KONUI_URL'),
  token: textFlag('<token>', 'the token to show it', 'KONUI_TOKEN'),
  json: JSON_FLAG,
  help: HELP_FLAG,
} as const;

const exits = {
  0: 'done',
  1: 'it failed or was refused; stderr says why',
  2: 'the command line is not understood',
  3: 'no gateway answers',
} as const;

const session = textFlag('<session>', 'an id, or the beginning of one');
const commit = textFlag('<sha>', 'the git commit that it is about');
const output = textFlag('<file>', 'the report: a file of HTML; "-" is stdin');
const choice = listFlag('<label>=<prompt>', 'a button, and what it sends; the first is the primary one');
const scope = textFlag('<project>', 'the project that it belongs to');
const audience = textFlag('<name>', 'whom it is for: an agent, or a person');
const type = textFlag('<type>', 'what it is, in a word of your own');
const tag = listFlag('<tag>', 'a label; several may be named');
const title = textFlag('<text>', 'its title');
const description = textFlag('<text>', 'a sentence on it');
const status = textFlag('<status>', 'requested, in_progress, completed, failed or cancelled');

export const TALK_COMMANDS = {
  sessions: {
    usage: 'konui sessions',
    does: 'list sessions, those that changed last first',
    flags: { running: switchFlag('only those with a run'), ...TALK_FLAGS },
    wordCount: [0, 0],
    exits,
    example: 'konui sessions --running --json',
  },
  prompt: {
    usage: 'konui prompt [<text>...] [-]',
    does: 'ask, and print the answer as it streams',
    more: 'Without --session and --agent it goes on in the session that changed last',
    words: { '<text>': 'the prompt; without one, or with "-" behind it, what is piped in' },
    flags: {
      session,
      agent: textFlag('<agent>', 'ask in a new session with this agent …'),
      project: textFlag('<folder>', '… in this folder (the current one)'),
      detach: switchFlag('do not wait for the answer'),
      ...TALK_FLAGS,
    },
    wordCount: [0, Infinity],
    exits: { ...exits, 0: 'the run succeeded, or with --detach: it was sent' },
    example: 'konui prompt --agent claude "Why does the build fail?"',
  },
  tail: {
    usage: 'konui tail [<session>]',
    does: 'print what a session does, until Ctrl-C',
    words: { '<session>': 'an id, or the beginning of one (the session that changed last)' },
    flags: {
      session,
      after: textFlag('<seq>', 'begin behind this event (0: with the first one)'),
      ...TALK_FLAGS,
    },
    wordCount: [0, 1],
    exits,
    example: 'konui tail 3f2a --after 0 --json',
  },
  'stop-session': {
    usage: 'konui stop <session>',
    does: 'end the run of one session',
    words: { '<session>': 'an id, or the beginning of one' },
    flags: TALK_FLAGS,
    wordCount: [1, 1],
    exits: { ...exits, 0: 'the run has ended' },
    example: 'konui stop 3f2a',
  },
  inject: {
    usage: 'konui inject [<text>...] [-]',
    does: 'push a prompt into a session, with its origin',
    words: { '<text>': 'the prompt; without one, or with "-" behind it, what is piped in' },
    flags: {
      session,
      policy: textFlag('queue|steer|interrupt', 'while a run goes: wait, wait in front, or end it (queue)'),
      origin: textFlag('<name>', 'what the page says of where it comes from'),
      key: textFlag('<key>', 'the same key again does nothing'),
      ...TALK_FLAGS,
    },
    wordCount: [0, Infinity],
    exits,
    example: 'make test 2>&1 | konui inject --origin "make test"',
  },
  'kontask list': {
    usage: 'konui kontask list',
    does: 'list reports and requests',
    flags: {
      status,
      type,
      scope,
      tag,
      for: audience,
      query: textFlag('<words>', 'words that stand in it'),
      ...TALK_FLAGS,
    },
    wordCount: [0, 0],
    exits,
    example: 'konui kontask list --status requested --for codex',
  },
  'kontask show': {
    usage: 'konui kontask show <id>',
    does: 'show a kontask and its history',
    words: { '<id>': 'its id' },
    flags: TALK_FLAGS,
    wordCount: [1, 1],
    exits,
    example: 'konui kontask show fix-cart --json',
  },
  'kontask create': {
    usage: 'konui kontask create',
    does: 'leave a report, or with --for a request; prints its id',
    flags: {
      title,
      id: textFlag('<id>', 'an id of your own; the same one again makes no second kontask'),
      description,
      type,
      scope,
      tag,
      for: audience,
      output,
      commit,
      choice,
      ...TALK_FLAGS,
    },
    wordCount: [0, 0],
    exits,
    example: 'konui kontask create --title "Coverage" --output coverage.html --choice "Mend it=Raise the coverage"',
  },
  'kontask complete': {
    usage: 'konui kontask complete <id>',
    does: 'end a request, with what was made of it',
    words: { '<id>': 'its id' },
    flags: {
      status: textFlag('completed|failed', 'how it ended (completed)'),
      output,
      commit,
      choice,
      description,
      tag,
      ...TALK_FLAGS,
    },
    wordCount: [1, 1],
    exits,
    example: 'make report | konui kontask complete fix-cart --output -',
  },
  'kontask import': {
    usage: 'konui kontask import [<file>...] [-]',
    does: 'take in kontasks of elsewhere as they are; prints their ids',
    words: { '<file>': 'a kontask as JSON; without one, or for "-", what is piped in' },
    flags: TALK_FLAGS,
    wordCount: [0, Infinity],
    exits,
    example: 'konui kontask show fix-cart --json | konui kontask import --url http://127.0.0.1:4681 -',
  },
  'kontask watch': {
    usage: 'konui kontask watch',
    does: 'print each kontask that comes or changes, until Ctrl-C',
    flags: { status, scope, for: audience, ...TALK_FLAGS },
    wordCount: [0, 0],
    exits,
    example: 'konui kontask watch --for codex --json',
  },
  mcp: {
    usage: 'konui mcp',
    does: 'serve the kontask tools over stdio, as agents get them',
    more: 'It may be started before the gateway: what is called waits 8 s for one',
    flags: {
      session: textFlag('<session>', 'the session whose agent this is'),
      provider: textFlag('<agent>', 'how kontasks name the agent (agent)'),
      ...TALK_FLAGS,
    },
    wordCount: [0, 0],
    exits,
    example: 'konui mcp --provider claude',
  },
} as const satisfies Record<string, TalkCommandDoc>;

export type TalkCommand = keyof typeof TALK_COMMANDS;
