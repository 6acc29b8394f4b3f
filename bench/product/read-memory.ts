import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Flags of a process whose memory can be read; its working directory is `folder`. */
export const MEMORY_FLAGS: readonly string[] = [
  '--expose-gc',
  '--import',
  join(import.meta.dirname, 'report-memory.child.ts'),
];

const LOOK_MS = 10;
const SETTLE_MS = 200;

/** In bytes, of a process after its garbage was collected. `inUse` is its heap and the buffers beside it. */
export async function readMemory(pid: number, folder: string): Promise<{ resident: number; inUse: number }> {
  const path = join(folder, `memory-${pid}.json`);
  await delay(SETTLE_MS);
  rmSync(path, { force: true });
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(path)) await delay(LOOK_MS);
  const { rss, heapUsed, external } = JSON.parse(readFileSync(path, 'utf8')) as NodeJS.MemoryUsage;
  return { resident: rss, inUse: heapUsed + external };
}
