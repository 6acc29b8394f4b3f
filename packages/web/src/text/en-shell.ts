import { count } from './count.ts';

export const ago = {
  now: 'now',
  minutes: (n: number) => `${n}m`,
  hours: (n: number) => `${n}h`,
  days: (n: number) => `${n}d`,
  weeks: (n: number) => `${n}w`,
} as const;

export const toast = { close: 'Close this notice' } as const;

export const dialog = { close: 'Close' } as const;

export const titles = {
  home: 'Overview',
  newSession: 'New session',
  setup: 'Set up',
  search: 'Search',
  settings: 'Settings',
  approve: 'The agent asks',
  kontasks: 'Kontasks',
} as const;

export const bar = {
  label: 'Pages',
  home: 'Home',
  sessions: 'Sessions',
  newSession: 'New',
  kontasks: 'Kontasks',
  search: 'Search',
  settings: 'Settings',
} as const;

export const sidebar = {
  collapse: 'Hide the list of sessions',
  expand: 'Show the list of sessions',
  views: 'Which sessions are shown',
  view: { all: 'All', running: 'Running', archived: 'Archived' },
  runningCount: (n: number) => `Running (${n})`,
  noneRunning: 'Nothing is running.',
  noneRunningLead: 'A session shows here from the moment you send it a prompt until its run ends.',
  noneArchived: 'The archive is empty.',
  noneArchivedLead: 'What you archive keeps its whole conversation and can be taken out again.',
  noneFoundLead: 'Search looks for each word in titles, folders and agents.',
  searchEverything: 'Search in all conversations',
  retry: 'Try again',
  unread: 'unread',
  runningInProject: (n: number) => `${n} running here`,
  menu: (title: string) => `Actions for ${title}`,
  palette: 'Commands',
  settings: 'Settings',
  search: 'Search everything',
  kontasks: 'Kontasks',
  kontasksUnread: (n: number) => `Kontasks (${n} unread)`,
  kontaskCame: (status: string, title: string) => `${status}: ${title}`,
  kontaskNews: {
    requested: 'Requested',
    in_progress: 'In progress',
    completed: 'New kontask',
    failed: 'Failed',
    cancelled: 'Cancelled',
  },
  openKontask: 'Open',
  keys: 'Keys',
  showAll: (n: number) => `Show all ${n} sessions`,
} as const;

export const home = {
  newHere: (folder: string) => `New session in ${folder}`,
  projects: 'Projects',
  sessions: (n: number) => count(n, 'session', 'sessions'),
  running: (n: number) => `${n} running`,
  answer: 'Answer',
  goOn: 'Look and go on',
  loadingAsk: 'Loading the question…',
  moreAsks: (n: number) => `and ${n} more`,
  firstTitle: 'Nothing here yet',
  firstLead: 'Konui runs coding agents and keeps all that they do. Three steps to your first answer:',
  firstSteps: ['Pick an agent, or the demo', 'Pick the folder that it works in', 'Say what it should do'],
  firstAction: 'Set up',
  firstDirect: 'or start a session right away',
  allArchived: 'All sessions are in the archive.',
  retry: 'Try again',
  kontasks: 'Kontasks',
  search: 'Search',
  settings: 'Settings',
} as const;

export const session = {
  rename: 'Rename',
  archive: 'Archive',
  unarchive: 'Take out of the archive',
  remove: 'Delete…',
  copyLink: 'Copy link',
  stop: 'Stop the run',
  goOn: (n: number) => `Go on with ${count(n, 'waiting prompt', 'waiting prompts')}`,
  startAgain: 'Open and go on',
  renameTitle: 'Rename the session',
  renameLabel: 'Title',
  renameHint: 'Leave it empty for the agent’s own title.',
  save: 'Save',
  saving: 'Saving…',
  cancel: 'Cancel',
  removeTitle: 'Delete this session?',
  removeLead: (title: string) => `“${title}” and its whole conversation will be deleted for good.`,
  removeStops: 'Its run is stopped first.',
  removeKeepsFiles: 'The files in its folder stay as they are.',
  removeAction: 'Delete session',
  removing: 'Deleting…',
  isArchived: 'archived',
  archived: (title: string) => `“${title}” is in the archive`,
  archivedLive: (title: string) => `“${title}” is in the archive, and stays listed while it runs or needs you`,
  unarchived: (title: string) => `“${title}” is back in the list`,
  undo: 'Undo',
  removed: (title: string) => `“${title}” was deleted`,
  copied: 'Link copied',
  copyFailed: (link: string) => `The link could not be copied: ${link}`,
  failed: (why: string) => `That did not work: ${why}`,
} as const;

export const theme = { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' } as const;
