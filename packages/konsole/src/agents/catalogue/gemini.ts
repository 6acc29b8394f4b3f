import { findAgentOnPath } from '../machine.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

const args = ['--acp'];

export const gemini: CatalogueEntry = {
  provider: 'gemini',
  name: 'Gemini CLI',
  findOnMachine: (machine) => findAgentOnPath(machine, 'gemini', args),
  install: {
    packageName: '@google/gemini-cli',
    version: '0.61.0',
    entry: 'bundle/gemini.js',
    isJavaScript: true,
    args,
    approxMegabytes: 100,
  },
  keys: [
    { name: 'GEMINI_API_KEY', label: 'Gemini API key' },
    { name: 'GOOGLE_API_KEY', label: 'Google Cloud API key' },
  ],
  signInCommand(machine) {
    const found = findAgentOnPath(machine, 'gemini');
    return found === undefined ? undefined : [found.command, ...found.args];
  },
  signInHint: 'Uses the account of Gemini CLI (run `gemini` once and sign in) or GEMINI_API_KEY.',
};
