import { findAgentOnPath } from '../machine.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

export const codex: CatalogueEntry = {
  provider: 'codex',
  name: 'Codex',
  findOnMachine: (machine) => findAgentOnPath(machine, 'codex-acp'),
  install: {
    packageName: '@agentclientprotocol/codex-acp',
    version: '2.6.0',
    entry: 'dist/index.js',
    isJavaScript: true,
    args: [],
    approxMegabytes: 457,
  },
  signInHint: 'Uses the account of Codex (run `codex login` once) or OPENAI_API_KEY.',
  // In its own default mode (2.6.0) a reviewer model approves commands, and nobody is asked.
  defaultEnv: () => ({ INITIAL_AGENT_MODE: 'workspace-write' }),
};
