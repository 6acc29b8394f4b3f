import { findAgentOnPath } from '../machine.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

const args = ['acp'];

export const opencode: CatalogueEntry = {
  provider: 'opencode',
  name: 'OpenCode',
  findOnMachine: (machine) => findAgentOnPath(machine, 'opencode', args),
  install: {
    packageName: 'opencode-ai',
    version: '1.18.33',
    entry: 'bin/opencode.exe',
    isJavaScript: false,
    args,
    approxMegabytes: 354,
    // Its script puts the program for this platform where `entry` says.
    allowScripts: ['opencode-ai'],
  },
  keys: [
    { name: 'ANTHROPIC_API_KEY', label: 'Anthropic API key' },
    { name: 'OPENAI_API_KEY', label: 'OpenAI API key' },
    { name: 'OPENROUTER_API_KEY', label: 'OpenRouter API key' },
  ],
  signInCommand(machine) {
    const found = findAgentOnPath(machine, 'opencode');
    return found === undefined ? undefined : [found.command, ...found.args, 'auth', 'login'];
  },
  signInHint: 'Uses the accounts of OpenCode (run `opencode auth login` once).',
};
