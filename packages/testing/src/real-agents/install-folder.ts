import { join } from 'node:path';
import type { RealAgentPackage } from './real-agent-packages.ts';

/** Where the tests keep one agent in one version; it exists only when the install was complete. */
export const installFolderOf = (cache: string, { packageName, version }: RealAgentPackage): string =>
  join(cache, `${packageName.replace(/^.*\//, '')}@${version}`);

export const entryOf = (cache: string, agent: RealAgentPackage): string =>
  join(installFolderOf(cache, agent), 'node_modules', agent.packageName, agent.entry);
