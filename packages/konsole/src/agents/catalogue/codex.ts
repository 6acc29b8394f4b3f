import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findAgentOnPath, findOnPath } from '../machine.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

const VERSION = '2.6.0';

export const codex: CatalogueEntry = {
  provider: 'codex',
  name: 'Codex',
  findOnMachine: (machine) => findAgentOnPath(machine, 'codex-acp'),
  install: {
    packageName: '@agentclientprotocol/codex-acp',
    version: VERSION,
    entry: 'dist/index.js',
    isJavaScript: true,
    args: [],
    approxMegabytes: 457,
  },
  keys: [
    { name: 'OPENAI_API_KEY', label: 'OpenAI API key' },
    { name: 'CODEX_API_KEY', label: 'Key for Codex alone' },
  ],
  signInCommand(machine) {
    const found = findOnPath(machine, 'codex');
    if (found !== undefined) return [found, 'login'];
    // The adapter brings it along.
    const nested = join(machine.paths.agents, 'codex', VERSION, 'node_modules', '@openai', 'codex', 'bin', 'codex.js');
    return existsSync(nested) ? [machine.nodePath, nested, 'login'] : undefined;
  },
  signInHint: 'Uses the account of Codex (run `codex login` once) or OPENAI_API_KEY.',
  // In its own default mode (2.6.0) a reviewer model approves commands, and nobody is asked.
  defaultEnv: () => ({ INITIAL_AGENT_MODE: 'workspace-write' }),
};
