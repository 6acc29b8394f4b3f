import { openEventLog } from './event-log.ts';

// Appends to the log named by its argument and prints each seq up to which it is told that events are safe.
const log = openEventLog({
  path: process.argv[2] ?? '',
  sessionId: 'session-1',
  bootId: 'boot-1',
  onFlushed: (lastSeq) => process.stdout.write(`${lastSeq}\n`),
});

const appendMore = () => {
  for (let i = 0; i <= log.lastSeq % 50; i++) {
    log.append({ kind: 'status', text: 'é'.repeat((log.lastSeq * 37) % 3000) });
  }
  setImmediate(appendMore);
};
appendMore();
