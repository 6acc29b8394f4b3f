export const newSession = {
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
  folderMissing: (path: string) => `There is no folder ${path} on the agent’s machine.`,
  folderNotWhole: 'Enter the whole path of the folder, from its first slash on: /home/me/project',
  createFolder: 'Create this folder',
  noFolder: 'Enter the folder that the agent should work in.',
  loadingAgents: 'Loading agents…',
  agentsFailed: 'The agents could not be loaded.',
  again: 'Try again',
} as const;

export const folders = {
  title: 'Choose a folder',
  up: 'Parent folder',
  pick: 'Choose this folder',
  cancel: 'Cancel',
  empty: 'No folders in here.',
  failed: 'This folder cannot be opened.',
  list: 'Folders',
} as const;
