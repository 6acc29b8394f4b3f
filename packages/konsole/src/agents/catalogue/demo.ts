import { join } from 'node:path';
import type { CatalogueEntry } from './catalogue-entry.ts';

export const demo: CatalogueEntry = {
  provider: 'demo',
  name: 'Demo',
  isDemo: true,
  findOnMachine: ({ nodePath, demoPath }) => ({ command: nodePath, args: [demoPath] }),
  signInHint: 'Needs no account: no model stands behind it.',
  defaultEnv: ({ paths }) => ({ KONUI_AGENT_STATE: join(paths.agents, 'demo', 'state') }),
};
