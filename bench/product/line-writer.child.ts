// Plays the runner: `line-writer <log|socket> <folder>`. On a message {everyMs, ticks} it makes one event each tick. With
// `log` it appends it and rings, as a runner does; with `socket` the line itself goes over the runner's socket.
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { openEventLog, readBootId } from '@konui/log';
import { DOORBELL_VERSION, SessionId } from '@konui/protocol';
import { type DoorbellServer, startDoorbellServer } from '../../packages/konsole/src/runner/doorbell-server.ts';
import { toEventLine } from '../../packages/log/src/event-line.ts';
import { type Pace, paced } from '../paced.ts';
import { BENCH_SESSION, createStampedBody } from '../stamped-event.ts';

const [mode, folder = ''] = process.argv.slice(2);
const path = join(folder, 'runner.sock');

async function startLog(): Promise<() => void> {
  const doorbells: { server?: DoorbellServer } = {};
  const log = openEventLog({
    path: join(folder, 'log.ndjson'),
    sessionId: BENCH_SESSION,
    bootId: readBootId(),
    onFlushed: (seq) => doorbells.server?.ring({ type: 'log_grew', seq }),
  });
  const { epoch } = log;
  doorbells.server = await startDoorbellServer({
    path,
    hello: () => ({
      type: 'hello',
      version: DOORBELL_VERSION,
      sessionId: SessionId.parse(BENCH_SESSION),
      pid: process.pid,
      epoch,
      lastSeq: log.lastSeq,
    }),
    onInboxGrew: () => undefined,
    isAgentAlive: () => false,
    onEndAgent: () => undefined,
  });
  return () => void log.append(createStampedBody());
}

async function startSocket(): Promise<() => void> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  let seq = 0;
  return () => {
    const place = { seq: ++seq, sessionId: BENCH_SESSION, at: new Date().toISOString() };
    const line = `${toEventLine(place, createStampedBody())}\n`;
    for (const socket of sockets) socket.write(line);
  };
}

const emit = await (mode === 'log' ? startLog() : startSocket());
process.on('message', (pace: Pace) => void paced(pace, emit));
process.once('disconnect', () => process.exit());
process.send?.({ ready: true });
