import { count } from './count.ts';
import { enConnection } from './en-connection.ts';
import { enDocks } from './en-docks.ts';
import { enSession } from './en-session.ts';
import { enShell } from './en-shell.ts';
import { enTools } from './en-tools.ts';
import { enTranscript } from './en-transcript.ts';

/** Every word that the app says. */
export const en = {
  app: { name: 'Konui', skip: 'Skip to content', needsYou: (n: number) => `(${n}) `, unread: '• ' },

  ...enShell,

  gallery: { title: 'Gallery', notFound: 'There is no such component' },

  time: {
    justNow: 'just now',
    seconds: (s: number) => `${s} s`,
    minutes: (m: number, s: number) => (s === 0 ? `${m} min` : `${m} min ${s} s`),
    hours: (h: number, m: number) => (m === 0 ? `${h} h` : `${h} h ${m} min`),
    minutesAgo: (m: number) => `${m} min ago`,
    hoursAgo: (h: number) => `${h} h ago`,
  },

  copy: { action: 'Copy', done: 'Copied', failed: 'Could not copy' },
  code: enTranscript.code,
  link: enTranscript.link,
  picture: enTranscript.image,
  file: enTranscript.file,
  list: enTranscript.list,
  thinking: enTranscript.thought,
  row: enTranscript.row,
  markdown: { task: 'Task', image: 'Image', table: 'Table' },
  diff: enTools.diff,

  signIn: {
    title: 'Sign in',
    lead: 'Konui printed a link when it started. Open that link, or paste it here.',
    label: 'Link or token',
    action: 'Sign in',
    empty: 'Paste the link or the token that Konui printed.',
    refused: 'This sign-in was refused. Paste the link that Konui printed at its last start.',
    unreachable: 'Konui does not answer. Check that it is running, then try again.',
    signOut: 'Sign out',
  },

  connection: enConnection,

  nav: {
    label: 'Sessions',
    home: 'Overview',
    newSession: 'New session',
    search: 'Search sessions',
    none: 'No sessions yet.',
    noneFound: 'No session matches.',
    loading: 'Loading sessions…',
    failed: 'The list of sessions could not be loaded.',
    untitled: 'New session',
  },

  status: {
    idle: 'idle',
    working: 'working',
    waiting: 'needs you',
    stopping: 'stopping',
    not_responding: 'not responding',
    failed: 'last run failed',
    limited: 'quota used up',
    storage_full: 'the disk is full',
    storage_failed: 'the disk fails',
  },

  start: {
    title: 'Overview',
    needsYou: 'Needs you',
    running: 'Running',
    recent: 'Recent',
    pending: (n: number) => count(n, 'open question', 'open questions'),
    held: (n: number) => count(n, 'prompt on hold', 'prompts on hold'),
    resumes: (inTime: string) => `goes on in ${inTime}`,
  },

  newSession: {
    title: 'New session',
    agent: 'Agent',
    folder: 'Folder',
    folderHint: 'The agent reads and changes files in this folder.',
    choose: 'Choose…',
    recent: 'Last used',
    create: 'Start session',
    creating: 'Starting…',
    ready: 'Ready',
    installable: (mb: number | undefined) =>
      mb === undefined
        ? 'Will be installed at the first prompt'
        : `Will be installed at the first prompt (${mb}\u00a0MB)`,
    missing: 'Not installed',
    demo: 'A demo without a model: it shows how everything works and costs nothing.',
    noAgent: 'Choose an agent.',
    noFolder: 'Enter the folder that the agent should work in.',
    loadingAgents: 'Loading agents…',
    agentsFailed: 'The agents could not be loaded.',
    again: 'Try again',
  },

  folders: {
    title: 'Choose a folder',
    up: 'Parent folder',
    pick: 'Choose this folder',
    cancel: 'Cancel',
    empty: 'No folders in here.',
    failed: 'This folder cannot be opened.',
    list: 'Folders',
  },

  conversation: {
    log: 'Conversation',
    loading: 'Loading the conversation…',
    notFound: 'This session does not exist.',
    gone: 'This session was deleted.',
    backHome: 'Back to the overview',
    empty: 'What should the agent do?',
    emptyLead: (agent: string, folder: string) => `${agent} will work in ${folder}.`,
    earlier: 'Show earlier messages',
    latest: 'Jump to the latest',
    you: 'You',
    sending: 'sending…',
    sent: 'accepted',
    notSent: (why: string) => `Not sent: ${why}`,
    notSentShort: 'not sent',
    retrySend: (why: string) => `trying again: ${why}`,
    resend: 'Send again',
    discard: 'Discard',
    thought: 'Thought',
    thinking: 'Thinking…',
    unknown: (kind: string) => `Event: ${kind}`,
    showAll: (kilobytes: number) => `Show all (${kilobytes} KB)`,
    attachmentFailed: 'It could not be loaded.',
    longText: 'Long text',
    image: 'Image',
    retrying: (message: string) => `The agent tries again: ${message}`,
    modeChanged: (mode: string) => `Mode: ${mode}`,
    resource: 'Attached file',
    catchingUp: 'Catching up…',
  },

  origin: {
    you: 'You',
    device: (name: string) => `You · ${name}`,
    user: (name: string) => name,
    inject: (name: string) => `Script: ${name}`,
    kontask: 'Kontask',
    schedule: (name: string) => `Schedule: ${name}`,
    editor: (name: string) => `Editor: ${name}`,
    system: 'Konui',
  },

  run: {
    starting: 'Starting the agent…',
    working: 'Working',
    waiting: 'Waiting for your answer',
    stopping: 'Stopping…',
    finished: 'Finished',
    stopped: 'Stopped',
    stoppedBy: (who: string) => `Stopped by ${who}`,
    failed: 'Failed',
    failedWith: (message: string) => `Failed: ${message}`,
    agentExited: 'The agent’s program ended unexpectedly.',
    agentExitedWith: (message: string) => `The agent’s program ended unexpectedly: ${message}`,
    interrupted: 'Interrupted: the machine or the runner went down before the agent had finished.',
    refused: 'The agent refused this prompt.',
    refusedWith: (message: string) => `The agent refused this prompt: ${message}`,
    signInNeeded: (message: string) => `The agent needs a sign-in of its own. ${message}`,
    maxTokens: 'Ended: the agent reached its limit of tokens for one answer.',
    maxRequests: 'Ended: the agent reached its limit of steps for one prompt.',
    limitReached: 'The agent’s quota is used up.',
    limitResets: (when: string) => `The agent’s quota is used up until ${when}.`,
    other: (reason: string) => `Ended: ${reason}`,
    tryAgain: 'Try again',
    notResponding: 'The runner does not answer.',
    storageFull: 'The disk of the agent host is full; the agent waits.',
    storageFailed: 'The disk of the agent host fails.',
    silent: 'No sign of life',
    spanFor: (time: string) => `for ${time}`,
    retrying: (words: string) => `The agent tries again: ${words}`,
    commandRunning: (command: string) => `Command running: ${command}`,
    runningFor: (time: string) => `running for ${time}`,
    sendAgain: 'Send the prompt again',
  },

  queue: enDocks.queue,
  question: enDocks.question,
  limit: enDocks.limit,
  notice: enDocks.notice,
  outbox: enDocks.outbox,

  rejected: {
    NO_ACTIVE_RUN: 'There was nothing to stop.',
    PERMISSION_NOT_FOUND: 'Somebody else answered first.',
    ELICITATION_NOT_FOUND: 'Somebody else answered first.',
    other: (code: string, message: string | undefined) => message ?? `Refused (${code}).`,
  },

  tool: enTools.tool,
  toolGroup: enTools.toolGroup,
  output: enTools.output,

  plan: enTools.plan,

  permission: enTools.permission,

  composer: enSession.composer,
  options: enSession.options,
  header: enSession.header,
  usage: enSession.usage,
  rawLog: enSession.rawLog,
  export: enSession.export,
  announce: enSession.announce,
  moment: enSession.moment,

  error: {
    title: 'Something went wrong',
    lead: 'The page met an error. Nothing that the agent did is lost.',
    reload: 'Reload',
  },
} as const;
