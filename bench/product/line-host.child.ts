// Plays konsole: `line-host <log|socket|own> <folder>` serves one session's stream on <folder>/host.sock. Its events come
// from the log that a line-writer rings for, over the line-writer's socket, or are made here on a message {everyMs, ticks}.
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { followLog, openLogReader } from '@konui/log';
import { EventStreams, type SessionWatch, type WatchListener } from '../../packages/konsole/src/http/event-streams.ts';
import { connectToRunner } from '../../packages/konsole/src/sessions/runner-link.ts';
import { toEventLine } from '../../packages/log/src/event-line.ts';
import { type Pace, paced } from '../paced.ts';
import { splitLines } from '../split-lines.ts';
import { BENCH_SESSION, createStampedBody } from '../stamped-event.ts';

const NEWLINE = Buffer.from('\n');
const [mode, folder = ''] = process.argv.slice(2);
const epochs = [{ epoch: 'bench', bootId: 'bench', fromSeq: 1 }];
const reader = openLogReader(join(folder, 'log.ndjson'));
let listener: WatchListener | undefined;
let lastSeq = 0;

const watch: SessionWatch = {
  get lastSeq() {
    return lastSeq;
  },
  epochs,
  readAfter: (seq, limits) => reader.readAfter(seq, limits),
  close() {
    listener = undefined;
  },
};

function deliver(line: Buffer): void {
  lastSeq++;
  listener?.onPage({ bytes: Buffer.concat([line, NEWLINE]), count: 1, firstSeq: lastSeq, lastSeq });
}

async function followWriter(): Promise<void> {
  const follower = followLog({
    path: join(folder, 'log.ndjson'),
    afterSeq: 0,
    onPage(page) {
      lastSeq = page.lastSeq;
      listener?.onPage(page);
    },
  });
  await connectToRunner({
    socketPath: join(folder, 'runner.sock'),
    onMessage: () => follower.poke(),
    onPong: () => undefined,
    onWarning: (message) => console.error(message),
  });
}

if (mode === 'log') await followWriter();
if (mode === 'socket') connect(join(folder, 'runner.sock')).on('data', splitLines(deliver));

process.on('message', (pace: Pace) => {
  void paced(pace, () => {
    const place = { seq: lastSeq + 1, sessionId: BENCH_SESSION, at: new Date().toISOString() };
    deliver(Buffer.from(toEventLine(place, createStampedBody())));
  });
});
process.once('disconnect', () => process.exit());

const streams = new EventStreams((_sessionId, each) => {
  listener = each;
  return Promise.resolve(watch);
});
const server = createServer((_request, response) => {
  void streams.open(BENCH_SESSION, { seq: lastSeq }, response).then(() => process.send?.({ watched: true }));
});
server.listen(join(folder, 'host.sock'), () => process.send?.({ ready: true }));
