import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { testConfig } from '../config.ts';

export type TestHome = { path: string; remove(): Promise<void>; [Symbol.asyncDispose](): Promise<void> };

/** A throwaway home for an agent. It lies beside the agents: Codex (0.166) works only half with a CODEX_HOME below /tmp. */
export async function makeTestHome(): Promise<TestHome> {
  const parent = join(testConfig.agentCache, 'homes');
  await mkdir(parent, { recursive: true });
  const path = await mkdtemp(join(parent, 'home-'));
  // An agent that was just killed may still have had a file in the making: try again where a folder was not empty.
  const remove = (): Promise<void> => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return { path, remove, [Symbol.asyncDispose]: remove };
}
