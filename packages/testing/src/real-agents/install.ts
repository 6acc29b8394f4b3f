// node packages/testing/src/real-agents/install.ts [agent…]: puts the real agents that tests need into their cache.
import { existsSync } from 'node:fs';
import { argv, execPath, exit, stderr, stdout } from 'node:process';
import { installNpmPackage } from '@konui/konsole/install-npm-package';
import { testConfig } from '../config.ts';
import { installFolderOf } from './install-folder.ts';
import {
  defaultAgentNames,
  isRealAgentName,
  realAgentNames,
  realAgentPackage,
  type RealAgentName,
} from './real-agent-packages.ts';

const asked = argv.slice(2);
const unknown = asked.filter((name) => !isRealAgentName(name));
if (unknown.length > 0) {
  stderr.write(`No such agent: ${unknown.join(', ')}. Known: ${realAgentNames.join(', ')}.\n`);
  exit(2);
}
const names = asked.length > 0 ? asked.filter(isRealAgentName) : defaultAgentNames;
let failures = 0;
for (const name of names) {
  try {
    stdout.write(`${await install(name)}\n`);
  } catch (error) {
    failures += 1;
    stdout.write(`${name}: failed: ${error instanceof Error ? error.message : String(error)}\n`);
  }
}
exit(failures === 0 ? 0 : 1);

async function install(name: RealAgentName): Promise<string> {
  const wanted = realAgentPackage(name);
  const folder = installFolderOf(testConfig.agentCache, wanted);
  const label = `${name}: ${wanted.packageName}@${wanted.version}`;
  if (existsSync(folder)) return `${label} is in ${folder}`;
  await installNpmPackage(folder, wanted, { env: testConfig.env, nodePath: execPath });
  return `${label} installed into ${folder}`;
}
