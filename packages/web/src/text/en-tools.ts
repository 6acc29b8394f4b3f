import { count } from './count.ts';

export const tool = {
  status: {
    pending: 'waits',
    in_progress: 'running',
    completed: 'done',
    failed: 'failed',
    unfinished: 'not finished',
  },
  kind: {
    read: 'Read',
    edit: 'Edit',
    delete: 'Delete',
    move: 'Move',
    search: 'Search',
    execute: 'Run',
    think: 'Think',
    fetch: 'Fetch',
    switch_mode: 'Switch mode',
    other: 'Tool',
  },
  input: 'Input',
  command: 'Command',
  output: 'Output',
  exitCode: (code: number) => `Exit code ${code}`,
  exitSignal: (signal: string) => `Ended by ${signal}`,
  noDetails: 'No details.',
  untitled: 'Tool call',
  locations: 'Places in files',
  raw: 'Raw data',
} as const;

export const toolGroup = {
  steps: (n: number) => `${n} steps`,
  /** After "12 steps: ". */
  done: {
    read: (n: number) => `read ${count(n, 'file', 'files')}`,
    edit: (n: number) => `edited ${count(n, 'file', 'files')}`,
    delete: (n: number) => `deleted ${count(n, 'file', 'files')}`,
    move: (n: number) => `moved ${count(n, 'file', 'files')}`,
    search: (n: number) => `searched ${count(n, 'time', 'times')}`,
    execute: (n: number) => `ran ${count(n, 'command', 'commands')}`,
    think: (n: number) => `thought ${count(n, 'time', 'times')}`,
    fetch: (n: number) => `fetched ${count(n, 'page', 'pages')}`,
    switch_mode: (n: number) => `switched mode ${count(n, 'time', 'times')}`,
    other: (n: number) => `used ${count(n, 'other tool', 'other tools')}`,
  },
  failed: (n: number) => `${n} failed`,
  unfinished: (n: number) => `${n} not finished`,
  running: (n: number) => `${n} running`,
} as const;

export const output = {
  showAll: (lines: number) => `Show all ${lines} lines`,
  lastLines: (n: number) => `The last ${n} lines are shown.`,
  reading: 'Reading…',
} as const;

export const diff = {
  changesIn: (path: string) => `Changes in ${path}`,
  added: (n: number) => count(n, 'line added', 'lines added'),
  removed: (n: number) => count(n, 'line removed', 'lines removed'),
  showGap: (n: number) => `Show ${count(n, 'unchanged line', 'unchanged lines')}`,
  showAll: (n: number) => `Show all ${n} lines of this change`,
  longLine: (n: number) => `${n} more characters`,
  newFile: 'new',
  emptied: 'emptied',
  split: 'Side by side',
  copyNew: 'Copy the new text',
  copyPatch: 'Copy as a patch',
  comparing: 'Comparing…',
  same: 'The text is the same.',
  noNewline: 'No newline at the end of the file',
  lineEnd: { crlf: 'CRLF', lf: 'LF', mixed: 'mixed' },
  lineEnds: (before: string, after: string) => `Line endings changed: ${before} → ${after}`,
  gaveUp: 'The texts have too little in common to be compared: removed lines are shown first, then added ones.',
  load: (kilobytes: number) => `Show the change (${kilobytes} KB)`,
  binary: (path: string) => `${path}: binary, so its change is not shown.`,
  tooLarge: (path: string, kilobytes: number) => `${path}: the change is too large to show here (${kilobytes} KB).`,
} as const;

export const plan = {
  title: 'Plan',
  progress: (done: number, all: number) => `${done} of ${all} done`,
  finished: 'Plan finished',
  unfinished: 'Plan not finished',
  pending: 'to do',
  in_progress: 'in progress',
  completed: 'done',
} as const;

export const permission = {
  title: 'The agent asks for permission',
  more: (n: number) => `${n} more waiting`,
  keys: 'Keys: 1–9 choose, y allows once, n rejects, r rejects with a reason; from the prompt with Alt, or after Esc',
  allowed: (what: string, who: string) => `${who} allowed: ${what}`,
  rejected: (what: string, who: string) => `${who} rejected: ${what}`,
  answered: (what: string, who: string) => `${who} answered: ${what}`,
  because: (reason: string) => `(“${reason}”)`,
  closed: (what: string) => `Closed without an answer: ${what}`,
  answering: 'Answering…',
  reason: 'Reject with a reason',
  reasonLabel: 'What should the agent do instead?',
  asPrompt: 'Send it to the agent as the next prompt',
  sendReason: 'Reject',
  cancelReason: 'Back',
  danger: {
    deletes: 'Careful: this deletes files, and they do not go to a bin.',
    'overwrites-disk': 'Careful: this writes over a disk or partition.',
    'discards-work': 'Careful: this throws away work that is not committed, or history.',
    'rewrites-remote': 'Careful: this overwrites or deletes what others see in the remote repository.',
    'runs-downloaded-code': 'Careful: this runs code from the network unseen.',
    'as-administrator': 'Careful: this runs with administrator rights.',
    'changes-rights': 'Careful: this changes who may read or change many files.',
    'ends-processes': 'Careful: this stops programs or the machine.',
    'drops-data': 'Careful: this deletes data or running services.',
    publishes: 'Careful: this publishes something for others to see.',
  },
} as const;
