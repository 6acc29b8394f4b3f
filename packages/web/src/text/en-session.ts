import { count } from './count.ts';

const fileSize = (bytes: number): string =>
  bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const composer = {
  label: 'Prompt',
  placeholder: 'Ask the agent…',
  placeholderBusy: 'Ask what comes next…',
  send: 'Send',
  queue: 'Queue',
  sendNow: 'Send now',
  waiting: 'Sends when uploaded',
  sendHint: 'Send (Enter)',
  queueHint: 'Waits until this run has ended (Enter)',
  sendNowHint: 'Stops the run and begins this (Ctrl+Enter)',
  waitingHint: 'It is sent as soon as the files are there; press to keep it here instead',
  stop: 'Stop',
  stopping: 'Stopping…',
  add: 'Add files',
  files: 'Files to send',
  dropHere: 'Drop files here to send them with your prompt',
  remove: (name: string) => `Remove ${name}`,
  retry: (name: string) => `Upload ${name} again`,
  uploading: (percent: number) => `${percent} %`,
  uploadingName: (name: string) => `Uploading ${name}`,
  size: fileSize,
  asLink: (name: string) => `This agent takes no images: ${name} is handed over as a link to the file.`,
  imageTooLarge: (name: string, mb: number) => `${name} was not added: an image may have ${mb} MB at most.`,
  fileTooLarge: (name: string, mb: number) => `${name} was not added: a file may have ${mb} MB at most.`,
  empty: (name: string) => `${name} was not added: it is empty or a folder.`,
  tooMany: (n: number) => `At most ${n} files go with one prompt.`,
  double: (name: string, sameAs: string) =>
    name === sameAs ? `${name} is attached already.` : `${name} was not added: it is the same file as ${sameAs}.`,
  failed: (why: string) => `Not uploaded: ${why}`,
  offline: 'Not uploaded: there is no connection. It is tried again when there is one.',
  lost: 'Not uploaded before the page was closed. Add it again.',
  notSent: (name: string) => `Not sent yet: ${name} is not uploaded. Try again or remove it.`,
  pastedName: 'Pasted image',
  commands: 'Commands',
  hint: 'Enter sends, Shift+Enter begins a new line, ↑ in the empty field brings back earlier prompts',
} as const;

export const options = {
  label: 'How the agent works',
  mode: 'Mode',
  model: 'Model',
  modeHint: 'Shift+Tab in the prompt takes the next one',
  changing: 'Being changed…',
  failed: (what: string, why: string) => `${what} was not changed: ${why}`,
} as const;

export const header = {
  rename: 'Rename',
  titleLabel: 'Title of the session',
  save: 'Save',
  cancel: 'Cancel',
  more: 'More about this session',
  archive: 'Archive',
  unarchive: 'Take out of the archive',
  delete: 'Delete…',
  copyLink: 'Copy link',
  linkCopied: 'Link copied',
  linkNotCopied: 'The link could not be copied',
  export: 'Export…',
  rawLog: 'Raw log',
  resume: 'Start the agent again',
  failed: (why: string) => `That did not work: ${why}`,
  deleteTitle: 'Delete this session?',
  deleteLead: (title: string) =>
    `“${title}” and all that was said in it are deleted for good, and what runs in it is stopped. Files that the agent changed stay as they are.`,
  deleteAction: 'Delete for good',
  deleting: 'Deleting…',
  notLoaded: 'This session could not be loaded. It is tried again by itself.',
  kept: 'kept here until there is a connection',
} as const;

export const usage = {
  title: 'Usage',
  button: (percent: number) => `${percent} % of the context used`,
  short: (percent: number) => `${percent} %`,
  context: 'Context',
  of: (used: string, size: string, percent: number) => `${used} of ${size} tokens (${percent} %)`,
  tokens: (n: string) => `${n} tokens`,
  cost: 'Cost of the session',
  lastRun: 'Last run',
  total: 'All runs',
  input: 'Input',
  output: 'Output',
  cached: 'Read from cache',
  cacheWritten: 'Written to cache',
  thought: 'Thinking',
  all: 'Together',
  none: 'The agent has not said anything about its usage yet.',
} as const;

export const rawLog = {
  title: 'Raw log',
  lead: 'Every event of this session as it stands in its log, one JSON object a line.',
  loading: (n: number) => `${count(n, 'event', 'events')} loaded…`,
  shown: (n: number, all: number) => `${n} of ${count(all, 'event', 'events')}, the latest last`,
  wrap: 'Wrap lines',
  earlier: 'Load earlier events',
  failed: (why: string) => `The log could not be loaded: ${why}`,
  label: 'Events as JSON lines',
  again: 'Try again',
} as const;

const exporting = {
  title: 'Export this session',
  lead: 'The whole conversation, from its first event.',
  loading: (n: number, all: number) => `${n} of ${all} events read…`,
  images: (n: number, all: number) => `${n} of ${all} images read…`,
  copyMarkdown: 'Copy as Markdown',
  markdown: 'Markdown file',
  json: 'JSON lines',
  jsonHint: 'every event, for programs',
  html: 'One HTML file',
  htmlHint: 'opens anywhere, also offline; images inside',
  markdownHint: 'for people and other tools',
  copyHint: 'to paste elsewhere',
  cancel: 'Cancel',
  done: (name: string) => `Saved as ${name}.`,
  copied: 'Copied.',
  failed: (why: string) => `The export failed: ${why}`,
  cancelled: 'Cancelled.',
  noClipboard: 'This page may not write to the clipboard; save the file instead.',
} as const;
export { exporting as export };

export const announce = {
  started: 'The agent works.',
  finished: 'The agent has finished.',
  failed: 'The run has failed.',
  stopped: 'The run was stopped.',
  permission: (what: string) => `The agent asks for permission: ${what}`,
  question: (what: string) => `The agent asks: ${what}`,
  limit: 'The agent’s quota is used up.',
} as const;

export const moment = {
  loading: 'Going to that moment…',
  notFound: 'That moment is not in this session.',
} as const;
