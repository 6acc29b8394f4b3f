import { findAgentOnPath } from '../machine.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

export const claude: CatalogueEntry = {
  provider: 'claude',
  name: 'Claude Code',
  findOnMachine: (machine) => findAgentOnPath(machine, 'claude-agent-acp'),
  install: {
    packageName: '@agentclientprotocol/claude-agent-acp',
    version: '0.100.0',
    entry: 'dist/index.js',
    isJavaScript: true,
    args: [],
    approxMegabytes: 391,
  },
  signInHint: 'Uses the account of Claude Code (run `claude` once and sign in) or ANTHROPIC_API_KEY.',
};
