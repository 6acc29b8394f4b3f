import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { homePaths, sessionPaths } from '@konui/protocol';
import { monotonicUs, stampsIn } from '@konui/testing';
import { startChild } from './child-program.ts';
import { type BareAgent, connectBareAgent } from './floors/bare-agent.ts';
import { type AgentCommand, burstAgent, demoAgent } from './product/agent-commands.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { openViewer, type ReceivedEvent } from './product/viewer.ts';
import { median, toQuantiles } from './quantiles.ts';
import { atMost, formatNumber, formatRatio, formatUs, type Report, type Row } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

interface Rate {
  readonly what: string;
  readonly provider: 'demo' | 'burst';
  readonly prompt: string;
  readonly warmUp: string;
  /** How many stamps the prompt emits. */
  readonly count: number;
  /** Chunks of one message in quick succession may be joined for up to 4 ms (SPEC EVT2). */
  readonly isJoined: boolean;
  /** Of the p50, in microseconds. */
  readonly limitUs?: number;
  /** Of the p50 over that of stdout and two TCP hops. */
  readonly maxRatio?: number;
}

const RATES: readonly Rate[] = [
  {
    what: '100 chunks/s',
    provider: 'demo',
    prompt: '/every 10 100',
    warmUp: '/every 5 300',
    count: 100,
    isJoined: false,
    limitUs: 2000,
  },
  {
    what: '1,000 events/s',
    provider: 'burst',
    prompt: '1 1 600 bench_event 100',
    warmUp: '1 6 1000 bench_event 100',
    count: 600,
    isJoined: false,
    maxRatio: 3,
  },
  {
    what: '10,000 events/s',
    provider: 'burst',
    prompt: '1 10 300 bench_event 100',
    warmUp: '1 10 600 bench_event 100',
    count: 3000,
    isJoined: false,
    maxRatio: 4,
  },
  {
    what: '1,000 chunks/s of one message',
    provider: 'demo',
    prompt: '/every 1 600',
    warmUp: '/every 1 500',
    count: 600,
    isJoined: true,
  },
];
const AGENTS: Readonly<Record<Rate['provider'], AgentCommand>> = { demo: demoAgent, burst: burstAgent };
/** The floors and ours take turns, so that whatever else the machine does meets all of them. */
const ROUNDS = 5;
const SOURCES = ['stdout', 'hops', 'ours'] as const;
type SourceName = (typeof SOURCES)[number];
interface Samples {
  /** From each chunk's stamp to its arrival. */
  readonly all: number[];
  /** The same of the newest chunk in each event: what is left when the wait of joined ones is taken away. */
  readonly newest: number[];
}

/** Of each round by itself, so that a round in which the machine was busy elsewhere counts for one. */
interface Rounds {
  readonly p50s: number[];
  readonly p99s: number[];
  readonly newestP50s: number[];
  /** How many events the chunks came in, over all rounds. */
  events: number;
}

/** Prompts something that emits stamps and collects the latencies; what it ends with, it is asked again. */
type Source = AsyncDisposable & { play(prompt: string): Promise<Samples> };

/** From the agent’s write to stdout until a WebSocket client has the event, which is in the log by then. */
export async function measureLatency(): Promise<Report> {
  const rows: Row[] = [];
  const notes: string[] = [];
  using folder = makeTemporaryFolder();
  await using product = await startProduct(homePaths(folder.path, { uid: process.getuid?.() ?? 0 }));
  for (const rate of RATES) {
    const collected = { stdout: createRounds(), hops: createRounds(), ours: createRounds() };
    const problems: string[] = [];
    {
      await using stdout = await readStdout(AGENTS[rate.provider]);
      await using hops = await readThroughHops(AGENTS[rate.provider]);
      await using ours = await readThroughKonui(product, rate, problems);
      const sources = { stdout, hops, ours };
      for (const source of Object.values(sources)) await source.play(rate.warmUp);
      for (let round = 0; round < ROUNDS; round++) {
        for (const name of SOURCES) {
          const samples = await sources[name].play(rate.prompt);
          if (samples.all.length !== rate.count)
            problems.push(`${name} got ${samples.all.length} of ${rate.count} chunks`);
          addRound(collected[name], samples);
        }
      }
    }
    rows.push(...toRows(rate, collected));
    notes.push(
      `${rate.what}: ${toVerdict(rate, problems, collected.ours)} p50 by round, µs: ${describeRounds(collected)}.`,
    );
  }
  return {
    title: 'Latency: agent’s stdout → WebSocket client',
    about:
      'Each chunk carries the monotonic time at which the agent wrote it. Ours: agent → runner (appends to the log) → konsole → konui → `ws` client, each a process of its own; medians of the rounds. ' +
      'Floors: a bare line reader on the agent’s stdout; the same behind two raw TCP hops through processes that only copy bytes.',
    rows,
    notes,
  };
}

const createSamples = (): Samples => ({ all: [], newest: [] });
const createRounds = (): Rounds => ({ p50s: [], p99s: [], newestP50s: [], events: 0 });

function addRound(rounds: Rounds, { all, newest }: Samples): void {
  const { p50, p99 } = toQuantiles(all);
  rounds.p50s.push(p50);
  rounds.p99s.push(p99);
  rounds.newestP50s.push(toQuantiles(newest).p50);
  rounds.events += newest.length;
}

function toRows({ what, isJoined, limitUs, maxRatio }: Rate, rounds: Readonly<Record<SourceName, Rounds>>): Row[] {
  const row = (name: string, [floor, ours]: readonly [number, number], goal = ''): Row => ({
    what: `${what}: ${name}`,
    floor: formatUs(floor),
    ours: formatUs(ours),
    ratio: formatRatio(ours / floor),
    goal,
  });
  const toMedians = ({ p50s, p99s }: Rounds) => ({ p50: median(p50s), p99: median(p99s) });
  const [stdout, hops, ours] = [toMedians(rounds.stdout), toMedians(rounds.hops), toMedians(rounds.ours)];
  const ratio = ours.p50 / hops.p50;
  const rows = [
    row('p50, floor stdout', [stdout.p50, ours.p50], limitUs === undefined ? '' : atMost(ours.p50, limitUs, ' µs')),
    row(
      'p50, floor stdout + 2 TCP hops',
      [hops.p50, ours.p50],
      maxRatio === undefined ? '' : atMost(ratio, maxRatio, '×'),
    ),
    row('p99, floor stdout + 2 TCP hops', [hops.p99, ours.p99]),
  ];
  if (!isJoined) return rows;
  const newest = [median(rounds.hops.newestP50s), median(rounds.ours.newestP50s)] as const;
  return [...rows, row('p50 of the newest chunk of each event', newest)];
}

function toVerdict({ count }: Rate, problems: readonly string[], { events }: Rounds): string {
  if (problems.length > 0) return `WRONG: ${problems.join('; ')}`;
  const perEvent = ((count * ROUNDS) / events).toFixed(1);
  return `${count * ROUNDS} chunks in ${events} events (${perEvent} chunks each), nothing lost, doubled or reordered; every frame is its log line, byte for byte.`;
}

function describeRounds(rounds: Readonly<Record<SourceName, Rounds>>): string {
  return SOURCES.map((name) => `${name} ${rounds[name].p50s.map(formatNumber).join(' / ')}`).join('; ');
}

function addStamps(samples: Samples, text: string, atUs: number): void {
  const stamps = stampsIn(text);
  for (const stamp of stamps) samples.all.push(atUs - stamp);
  const newest = stamps.at(-1);
  if (newest !== undefined) samples.newest.push(atUs - newest);
}

async function readStdout({ command, args }: AgentCommand): Promise<Source> {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  return createBareSource(child, async () => {
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  });
}

async function readThroughHops({ command, args }: AgentCommand): Promise<Source> {
  const owner = startChild('floors/relay.child.ts', ['program', command, ...args]);
  const forwarder = startChild('floors/relay.child.ts', ['tcp', String(await portOf(owner))]);
  const socket = connect({ host: '127.0.0.1', port: await portOf(forwarder), noDelay: true });
  return createBareSource({ stdin: socket, stdout: socket }, async () => {
    socket.destroy();
    await forwarder[Symbol.asyncDispose]();
    await owner[Symbol.asyncDispose]();
  });
}

async function portOf(relay: { receive(): Promise<unknown> }): Promise<number> {
  return ((await relay.receive()) as { port: number }).port;
}

async function createBareSource(
  stdio: Parameters<typeof connectBareAgent>[0],
  close: () => Promise<void>,
): Promise<Source> {
  let samples = createSamples();
  const agent: BareAgent = await connectBareAgent(stdio, (line) => {
    const atUs = monotonicUs();
    addStamps(samples, line.toString('utf8'), atUs);
  });
  const sessionId = await agent.newSession(tmpdir());
  return {
    async play(prompt) {
      samples = createSamples();
      await agent.prompt(sessionId, prompt);
      return samples;
    },
    [Symbol.asyncDispose]: close,
  };
}

async function readThroughKonui(product: Product, { provider }: Rate, problems: string[]): Promise<Source> {
  const viewer = await openViewer(product);
  const sessionId = await product.createSession(provider);
  await viewer.subscribe(sessionId);
  return {
    async play(prompt) {
      const samples = createSamples();
      const first = viewer.events.length;
      await viewer.prompt(sessionId, prompt);
      const events = viewer.events.slice(first);
      for (const { line, atUs } of events) addStamps(samples, line.toString('utf8'), atUs);
      problems.push(...findReordered(events));
      const log = readFileSync(sessionPaths(product.paths, sessionId).log, 'utf8');
      const received = viewer.events.map(({ line }) => `${line.toString('utf8')}\n`).join('');
      if (received !== log) problems.push('what the client received is not what the log holds');
      return samples;
    },
    async [Symbol.asyncDispose]() {
      viewer[Symbol.dispose]();
    },
  };
}

/** The agents number their chunks from 1. */
function findReordered(events: readonly ReceivedEvent[]): string[] {
  const numbers = events.flatMap(({ line }) =>
    [...line.toString('utf8').matchAll(/w(\d+)@\d{6,}@/g)].map(([, at]) => Number(at)),
  );
  const wrong = numbers.find((number, index) => number !== index + 1);
  return wrong === undefined ? [] : [`chunk ${wrong} is out of order`];
}
