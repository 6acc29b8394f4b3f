import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { acquireLock } from './lock.ts';

// Takes the lock named by its argument, forgets it, and lives on. A lock that garbage collection frees would be no
// lock.
const isHeld = acquireLock(process.argv[2] ?? '') !== undefined;
setFlagsFromString('--expose-gc');
setImmediate(() => {
  runInNewContext('gc()');
  setImmediate(() => {
    process.stdout.write(isHeld ? 'held\n' : 'refused\n');
    process.stdin.resume();
  });
});
