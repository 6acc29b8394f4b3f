import { findAgentOnPath, findOnPath } from '../machine.ts';
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
  keys: [
    { name: 'ANTHROPIC_API_KEY', label: 'Anthropic API key' },
    { name: 'CLAUDE_CODE_OAUTH_TOKEN', label: 'Token of a Claude subscription (from `claude setup-token`)' },
    { name: 'ANTHROPIC_BASE_URL', label: 'Address of another API' },
  ],
  // Without `claude` on the PATH the adapter offers a sign-in of its own (ACP, "terminal" methods).
  signInCommand(machine) {
    const found = findOnPath(machine, 'claude');
    return found === undefined ? undefined : [found, '/login'];
  },
  signInHint: 'Uses the account of Claude Code (run `claude` once and sign in) or ANTHROPIC_API_KEY.',
};
