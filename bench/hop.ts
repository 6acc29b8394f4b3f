import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { monotonicUs, stampsIn } from '@konui/testing';
import { HostClient } from '../packages/konui/src/hosts/host-client.ts';
import { type ChildProgram, startChild } from './child-program.ts';
import type { Pace } from './paced.ts';
import { median, toQuantiles } from './quantiles.ts';
import { atMost, formatNumber, formatRatio, formatUs, type Report, type Row } from './report.ts';
import { splitLines } from './split-lines.ts';
import { BENCH_SESSION } from './stamped-event.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const PACE: Pace = { everyMs: 1, ticks: 500 };
/** Processes of days are measured, not the compiler of fresh ones: that takes some thousand events. */
const WARM_UP: Pace = { everyMs: 0.2, ticks: 6000 };
const ROUNDS = 7;
const MAX_HOP_RATIO = 1.4;
const MAX_COMMIT_RATIO = 1.3;

/** Emits events and resolves with each one's latency in microseconds. */
type Source = AsyncDisposable & { play(pace: Pace): Promise<readonly number[]> };

/** One hop between two processes, and what the log in between costs: konsole's stream read by konui's reader. */
export async function measureHop(): Promise<Report> {
  using folder = makeTemporaryFolder();
  await using lines = await readLines();
  await using stream = await readStream('own', join(folder.path, 'own'));
  await using direct = await readStream('socket', join(folder.path, 'socket'));
  await using committed = await readStream('log', join(folder.path, 'log'));
  const sources = { lines, stream, direct, committed };
  const p50s = { lines: [] as number[], stream: [] as number[], direct: [] as number[], committed: [] as number[] };
  for (const source of Object.values(sources)) await source.play(WARM_UP);
  for (let round = 0; round < ROUNDS; round++) {
    for (const name of ['lines', 'stream', 'direct', 'committed'] as const) {
      p50s[name].push(toQuantiles(await sources[name].play(PACE)).p50);
    }
  }
  return {
    title: 'Hop: one process to the next',
    about:
      'Latency at 1,000 events/s, one a millisecond. The hop is konsole’s event stream (SSE over a unix socket) read by konui’s reader, beside lines over raw TCP. ' +
      'Commit, then send: a runner’s log and doorbell, konsole’s follower and stream, konui’s reader; its floor is the same with the lines sent over the runner’s socket and no log.',
    rows: [
      toRow('SSE hop, floor NDJSON over TCP', [p50s.lines, p50s.stream], MAX_HOP_RATIO),
      toRow('commit, then send, floor without a log', [p50s.direct, p50s.committed], MAX_COMMIT_RATIO),
    ],
    notes: [
      `Medians of ${ROUNDS} rounds of ${PACE.ticks} events that take turns. p50 by round, µs: ${Object.entries(p50s)
        .map(([name, values]) => `${name} ${values.map(formatNumber).join(' / ')}`)
        .join('; ')}.`,
    ],
  };
}

function toRow(what: string, [floors, ours]: readonly [number[], number[]], maxRatio: number): Row {
  const [floor, own] = [median(floors), median(ours)];
  return {
    what: `${what}: p50`,
    floor: formatUs(floor),
    ours: formatUs(own),
    ratio: formatRatio(own / floor),
    goal: atMost(own / floor, maxRatio, '×'),
  };
}

async function readLines(): Promise<Source> {
  const sender = startChild('floors/line-sender.child.ts');
  const { port } = (await sender.receive()) as { port: number };
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  const collector = createCollector(sender);
  socket.on(
    'data',
    splitLines((line) => collector.add(line)),
  );
  await once(socket, 'connect');
  return {
    play: (pace) => collector.play(pace),
    async [Symbol.asyncDispose]() {
      socket.destroy();
      await sender[Symbol.asyncDispose]();
    },
  };
}

async function readStream(mode: 'own' | 'socket' | 'log', folder: string): Promise<Source> {
  mkdirSync(folder);
  const writer = mode === 'own' ? undefined : startChild('product/line-writer.child.ts', [mode, folder]);
  await writer?.receive();
  const host = startChild('product/line-host.child.ts', [mode, folder]);
  await host.receive();
  const collector = createCollector(writer ?? host);
  const client = new HostClient({ socketPath: join(folder, 'host.sock') });
  const stream = client.followSession(
    BENCH_SESSION,
    { seq: 0 },
    {
      onEvents: (events) => events.forEach(({ line }) => collector.add(line)),
      onReset: () => undefined,
      onGone: () => undefined,
    },
  );
  await host.receive();
  return {
    play: (pace) => collector.play(pace),
    async [Symbol.asyncDispose]() {
      stream.close();
      await client.close();
      await host[Symbol.asyncDispose]();
      await writer?.[Symbol.asyncDispose]();
    },
  };
}

function createCollector(emitter: ChildProgram) {
  let latencies: number[] = [];
  let awaited: { ticks: number; resolve: () => void } | undefined;
  return {
    add(line: Buffer): void {
      const [stamp] = stampsIn(line.toString('latin1'));
      if (stamp === undefined) return;
      latencies.push(monotonicUs() - stamp);
      if (latencies.length === awaited?.ticks) awaited.resolve();
    },
    async play(pace: Pace): Promise<readonly number[]> {
      latencies = [];
      const complete = new Promise<void>((resolve) => {
        awaited = { ticks: pace.ticks, resolve };
      });
      emitter.send(pace);
      await complete;
      return latencies;
    },
  };
}
