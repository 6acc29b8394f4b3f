import { count } from './count.ts';

/*
 * Every word that the app says, in English. Imported as a namespace (`import * as en`), so that a page loads only the words
 * that it says. Another language is a module of the same shape: `satisfies typeof import('./en.ts')`.
 */

export { enConnection as connection } from './en-connection.ts';
export { conversation, markdown, rejected, run } from './en-conversation.ts';
export { limit, notice, outbox, question, queue } from './en-docks.ts';
export { folders, newSession } from './en-new-session.ts';
export { announce, composer, export, header, moment, options, rawLog, usage } from './en-session.ts';
export { ago, bar, dialog, home, session, sidebar, theme, titles, toast } from './en-shell.ts';
export { liveness } from './en-liveness.ts';
export { rights } from './en-rights.ts';
export { commit, kontask, kontaskForm, kontasks, kontaskSession, kontaskStatus } from './en-kontasks.ts';
export { enLayouts as layouts } from './en-layouts.ts';
export { diff, output, permission, plan, tool, toolGroup } from './en-tools.ts';
export { keys, palette, search, setup } from './en-windows.ts';
export { code, file, image as picture, link, list, row, thought as thinking } from './en-transcript.ts';

export const app = {
  name: 'Konui',
  skip: 'Skip to content',
  needsYou: (n: number) => `(${n}) `,
  unread: '• ',
} as const;

export const notFound = { title: 'There is no such page', lead: 'Nothing is at this address:' } as const;

export const gallery = { title: 'Gallery', notFound: 'There is no such component' } as const;

export const time = {
  justNow: 'just now',
  seconds: (s: number) => `${s} s`,
  minutes: (m: number, s: number) => (s === 0 ? `${m} min` : `${m} min ${s} s`),
  hours: (h: number, m: number) => (m === 0 ? `${h} h` : `${h} h ${m} min`),
  minutesAgo: (m: number) => `${m} min ago`,
  hoursAgo: (h: number) => `${h} h ago`,
} as const;

export const copy = { action: 'Copy', done: 'Copied', failed: 'Could not copy' } as const;

export const signIn = {
  title: 'Sign in',
  lead: 'Konui printed a link when it started. Open that link, or paste it here.',
  label: 'Link or token',
  action: 'Sign in',
  empty: 'Paste the link or the token that Konui printed.',
  refused: 'This sign-in was refused. Paste the link that Konui printed at its last start.',
  unreachable: 'Konui does not answer. Check that it is running, then try again.',
  signOut: 'Sign out',
} as const;

export const nav = {
  label: 'Sessions',
  home: 'Overview',
  newSession: 'New session',
  search: 'Search sessions',
  none: 'No sessions yet.',
  noneFound: 'No session matches.',
  loading: 'Loading sessions…',
  failed: 'The list of sessions could not be loaded.',
  untitled: 'New session',
} as const;

export const status = {
  idle: 'idle',
  working: 'working',
  waiting: 'needs you',
  stopping: 'stopping',
  not_responding: 'not responding',
  failed: 'last run failed',
  limited: 'quota used up',
  quotaBack: 'quota should be back',
  storage_full: 'the disk is full',
  storage_failed: 'the disk fails',
} as const;

export const start = {
  title: 'Overview',
  needsYou: 'Needs you',
  running: 'Running',
  recent: 'Recent',
  pending: (n: number) => count(n, 'open question', 'open questions'),
  held: (n: number) => count(n, 'prompt on hold', 'prompts on hold'),
  resumes: (inTime: string) => `goes on in ${inTime}`,
} as const;

export const origin = {
  you: 'You',
  device: (name: string) => `You · ${name}`,
  user: (name: string) => name,
  inject: (name: string) => `Script: ${name}`,
  kontask: 'Kontask',
  schedule: (name: string) => `Schedule: ${name}`,
  editor: (name: string) => `Editor: ${name}`,
  system: 'Konui',
} as const;

export const error = {
  title: 'Something went wrong',
  lead: 'The page met an error. Nothing that the agent did is lost.',
  reload: 'Reload',
} as const;
