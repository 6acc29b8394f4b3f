import { readFileSync } from 'node:fs';
import { homePaths, sessionPaths } from '@konui/protocol';
import { startChild } from './child-program.ts';
import { prepareWriteFloor } from './floors/measure-paced-writes.ts';
import { readCpuUs } from './process-counters.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { atMost, formatRatio, formatUs, type Report, type Row } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

interface Shape {
  readonly what: string;
  readonly provider: 'demo' | 'burst';
  readonly periodMs: number;
  readonly ticks: number;
  /** Events of one tick, which may go out in one write. */
  readonly perTick: number;
  readonly prompt: string;
  /** Of the gateway's CPU time over the floor's, with 100 viewers and more. */
  readonly maxRatio: number;
}

const SHAPES: readonly Shape[] = [
  {
    what: '1 event each 10 ms',
    provider: 'demo',
    periodMs: 10,
    ticks: 300,
    perTick: 1,
    prompt: '/every 10 300',
    maxRatio: 1.3,
  },
  {
    what: '16 events each 10 ms',
    provider: 'burst',
    periodMs: 10,
    ticks: 300,
    perTick: 16,
    prompt: '10 16 300 bench_event 80',
    maxRatio: 1.5,
  },
];
const VIEWERS: readonly number[] = [1, 100];
const MANY = 100;

interface Counts {
  readonly events: number;
  readonly bytes: number;
}

/** What one event for one more viewer costs the gateway. */
export async function measureFanOut(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const floor = await prepareWriteFloor(folder.path);
  await using product = await startProduct(homePaths(folder.path, { uid: process.getuid?.() ?? 0 }));
  const rows: Row[] = [];
  const problems: string[] = [];
  for (const shape of SHAPES) {
    for (const viewers of VIEWERS) {
      const ours = await measureShape(product, shape, viewers);
      if (ours.problem !== undefined) problems.push(`${shape.what}, ${viewers} viewers: ${ours.problem}`);
      const { periodMs, ticks } = shape;
      const byteLength = Math.round(ours.bytesPerEvent * shape.perTick);
      const usPerWrite = await floor.measure({ sockets: viewers, byteLength, periodMs, ticks });
      rows.push(toRow(shape, viewers, { floor: usPerWrite / shape.perTick, ours: ours.usPerDelivery }));
    }
  }
  return {
    title: 'Fan-out: gateway CPU per delivered event',
    about: `Ours: CPU time of the konui process (all threads, user and system) over events × viewers, while a run streams. Floor: a ${floor.language} program that writes as many bytes as often to as many sockets, and does nothing else.`,
    rows,
    notes: [problems.length === 0 ? 'Every viewer got every event.' : `WRONG: ${problems.join('; ')}`],
  };
}

function toRow(shape: Shape, viewers: number, { floor, ours }: { floor: number; ours: number }): Row {
  const goal = viewers >= MANY ? atMost(ours / floor, shape.maxRatio, '×') : '';
  const name = viewers === 1 ? '1 viewer' : `${viewers} viewers`;
  return {
    what: `${shape.what}, ${name}`,
    floor: formatUs(floor),
    ours: formatUs(ours),
    ratio: formatRatio(ours / floor),
    goal,
  };
}

async function measureShape(product: Product, { provider, prompt }: Shape, viewers: number) {
  const sessionId = await product.createSession(provider);
  const { log } = sessionPaths(product.paths, sessionId);
  await using sink = startChild('product/viewers.child.ts', [
    new URL(product.url).port,
    product.token,
    sessionId,
    String(viewers),
  ]);
  await sink.receive();
  const play = async (): Promise<readonly Counts[]> => {
    sink.send({ prompt });
    return (await sink.receive()) as readonly Counts[];
  };
  await play();
  const before = { cpuUs: readCpuUs(product.gatewayPid), events: countLines(log) };
  const counts = await play();
  const cpuUs = readCpuUs(product.gatewayPid) - before.cpuUs;
  const written = countLines(log) - before.events;
  const delivered = counts.reduce((sum, { events }) => sum + events, 0);
  const wrong = counts.find(({ events }) => events !== written);
  return {
    usPerDelivery: cpuUs / delivered,
    bytesPerEvent: counts.reduce((sum, { bytes }) => sum + bytes, 0) / delivered,
    problem: wrong === undefined ? undefined : `one got ${wrong.events} of ${written} events`,
  };
}

function countLines(path: string): number {
  return readFileSync(path, 'latin1').split('\n').length - 1;
}
