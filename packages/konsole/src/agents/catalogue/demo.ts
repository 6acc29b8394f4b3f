import { extname, join } from 'node:path';
import type { CatalogueEntry } from './catalogue-entry.ts';

/** TypeScript in the repository, JavaScript in the published package. */
const main = join(import.meta.dirname, '..', 'demo', `main${extname(import.meta.filename)}`);

export const demo: CatalogueEntry = {
  provider: 'demo',
  name: 'Demo',
  isDemo: true,
  findOnMachine: ({ nodePath }) => ({ command: nodePath, args: [main] }),
  signInHint: 'Needs no account: no model stands behind it.',
  defaultEnv: ({ paths }) => ({ KONUI_AGENT_STATE: join(paths.agents, 'demo', 'state') }),
};
