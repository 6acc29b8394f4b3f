// For `--import` into a process under measurement: on SIGUSR2 it collects its garbage (`--expose-gc`) and writes its
// memory usage to memory-<pid>.json in its working directory.
import { renameSync, writeFileSync } from 'node:fs';

const COLLECTIONS = 4;

process.on('SIGUSR2', () => {
  for (let at = 0; at < COLLECTIONS; at++) globalThis.gc?.();
  const path = `memory-${process.pid}.json`;
  writeFileSync(`${path}.part`, JSON.stringify(process.memoryUsage()));
  renameSync(`${path}.part`, path);
});
