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
  signInHint: 'Uses the account of Gemini CLI (run `gemini` once and sign in) or GEMINI_API_KEY.',
};
