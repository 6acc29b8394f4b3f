import { readFileSync } from 'node:fs';
import { homePaths, sessionPaths } from '@konui/protocol';
import { type ChildProgram, startChild } from './child-program.ts';
import { prepareWriteFloor } from './floors/measure-paced-writes.ts';
import { readCpuUs } from './process-counters.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { median } from './quantiles.ts';
import { atMost, formatRatio, formatUs, type Report, type Row } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

interface Shape {
  readonly viewers: number;
  readonly periodMs: number;
  readonly ticks: number;
  /** Events of one tick, which may go out in one write. */
  readonly perTick: number;
  /** Of the gateway's CPU time over the floor's. */
  readonly maxRatio?: number;
  /** Of the CPU time of a library that sends each message to each client, over the gateway's. */
  readonly minTimesBelowLibrary?: number;
}

const ROUNDS = 3;
const PADDING_BYTES = 80;
/** Faster than what is measured, so that the gateway's code is compiled; beyond so many viewers it is anyway. */
const WARM_UP = { periodMs: 1, ticks: 1500 };
const MANY = 100;
const SHAPES: readonly Shape[] = [
  { viewers: 1, periodMs: 10, ticks: 100, perTick: 1 },
  { viewers: 100, periodMs: 10, ticks: 100, perTick: 1, maxRatio: 1.3 },
  { viewers: 100, periodMs: 2, ticks: 500, perTick: 1, maxRatio: 1.3 },
  { viewers: 1, periodMs: 10, ticks: 100, perTick: 16 },
  { viewers: 100, periodMs: 10, ticks: 100, perTick: 16, maxRatio: 1.5 },
  { viewers: 1000, periodMs: 50, ticks: 20, perTick: 16, maxRatio: 1.5, minTimesBelowLibrary: 12 },
];

interface Counts {
  readonly events: number;
  readonly bytes: number;
}

/** What one event for one more viewer costs the gateway. */
export async function measureFanOut(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const floor = await prepareWriteFloor(folder.path);
  await using product = await startProduct(homePaths(folder.path, { uid: process.getuid?.() ?? 0 }));
  const tokens = await product.createTokensFor(Math.max(...SHAPES.map(({ viewers }) => viewers)));
  const rows: Row[] = [];
  const problems: string[] = [];
  for (const shape of SHAPES) {
    const floors: number[] = [];
    const ours: number[] = [];
    let bytesPerEvent = 0;
    {
      await using run = await openViewers(product, tokens, shape);
      for (let round = 0; round < ROUNDS; round++) {
        const measured = await run.play();
        if (measured.problem !== undefined) problems.push(`${describe(shape)}: ${measured.problem}`);
        ours.push(measured.usPerDelivery);
        ({ bytesPerEvent } = measured);
        const byteLength = Math.round(bytesPerEvent * shape.perTick);
        const { viewers: sockets, periodMs, ticks } = shape;
        floors.push((await floor.measure({ sockets, byteLength, periodMs, ticks })) / shape.perTick);
      }
    }
    rows.push(toRow(shape, median(floors), median(ours)));
    if (shape.minTimesBelowLibrary === undefined) continue;
    const library = await measureLibrary(shape, Math.round(bytesPerEvent));
    rows.push(toLibraryRow(shape, library, median(ours)));
  }
  return {
    title: 'Fan-out: gateway CPU per delivered event',
    about:
      'Ours: CPU time of the konui process (all threads, user and system) over events × viewers, while a run streams. ' +
      `Floor: a ${floor.language} program that writes as many bytes as often to as many sockets, and does nothing else. Beside it, once, a \`ws\` server that calls \`send\` for each message and client.`,
    rows,
    notes: [
      `Medians of ${ROUNDS} rounds in which ours and the floor take turns, after one that warms up.`,
      problems.length === 0 ? 'Every viewer got every event.' : `WRONG: ${problems.join('; ')}`,
    ],
  };
}

function describe({ viewers, periodMs, perTick }: Shape): string {
  const events = perTick === 1 ? '1 event' : `${perTick} events`;
  const many = viewers === 1 ? '1 viewer' : `${viewers.toLocaleString('en')} viewers`;
  return `${events} each ${periodMs} ms, ${many}`;
}

function toRow(shape: Shape, floor: number, ours: number): Row {
  const ratio = ours / floor;
  return {
    what: describe(shape),
    floor: formatUs(floor),
    ours: formatUs(ours),
    ratio: formatRatio(ratio),
    goal: shape.maxRatio === undefined ? '' : atMost(ratio, shape.maxRatio, '×'),
  };
}

function toLibraryRow(shape: Shape, library: number, ours: number): Row {
  const times = library / ours;
  const least = shape.minTimesBelowLibrary ?? 0;
  return {
    what: `${describe(shape)}: \`ws.send\` to each`,
    floor: formatUs(library),
    ours: formatUs(ours),
    ratio: formatRatio(ours / library),
    goal: `≥ ${least}× below: ${times >= least ? 'met' : 'MISSED'} (${times.toFixed(1)}×)`,
  };
}

async function openViewers(product: Product, tokens: readonly string[], shape: Shape) {
  const sessionId = await product.createSession('burst');
  const { log } = sessionPaths(product.paths, sessionId);
  const sink = startChild('product/viewers.child.ts', [
    new URL(product.url).port,
    tokens.join(','),
    sessionId,
    String(shape.viewers),
  ]);
  await sink.receive();
  sink.send({ prompt: toPrompt({ ...shape, ...(shape.viewers > MANY ? {} : WARM_UP) }) });
  await sink.receive();
  return { play: () => play(product, sink, { shape, log }), [Symbol.asyncDispose]: () => sink[Symbol.asyncDispose]() };
}

function toPrompt({ periodMs, perTick, ticks }: Shape): string {
  return `${periodMs} ${perTick} ${ticks} bench_event ${PADDING_BYTES}`;
}

async function play(product: Product, sink: ChildProgram, { shape, log }: { shape: Shape; log: string }) {
  const before = { cpuUs: readCpuUs(product.gatewayPid), events: countLines(log) };
  sink.send({ prompt: toPrompt(shape) });
  const counts = (await sink.receive()) as readonly Counts[];
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

async function measureLibrary({ viewers, periodMs, perTick, ticks }: Shape, byteLength: number): Promise<number> {
  const args = [viewers, byteLength, periodMs * 1000, ticks, perTick].map(String);
  await using sender = startChild('floors/ws-send.child.ts', args);
  const { port } = (await sender.receive()) as { port: number };
  await using reader = startChild('floors/ws-reader.child.ts', [String(port), String(viewers)]);
  const { usPerMessage } = (await Promise.race([sender.receive(), reader.receive()])) as { usPerMessage: number };
  return usPerMessage;
}

function countLines(path: string): number {
  return readFileSync(path, 'latin1').split('\n').length - 1;
}
