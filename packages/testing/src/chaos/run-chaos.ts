import type { AgentUnderTest } from './agent-under-test.ts';
import { type ChaosWorld, startChaosWorld } from './chaos-world.ts';
import { findHomeProcesses, findMarkedProcesses } from './home-processes.ts';
import { playRound } from './round.ts';
import { seededRandom } from './seeded-random.ts';

export interface ChaosOptions {
  readonly agent: AgentUnderTest;
  readonly rounds: number;
  readonly seed: number;
  /** Begins no other round after this; default: never. */
  readonly stopAfterMs?: number;
  /** Says the actions of every round. */
  readonly isVerbose?: boolean;
  /** A line for the person who watches. */
  readonly say: (line: string) => void;
}

export interface ChaosResult {
  readonly seed: number;
  readonly agent: string;
  /** Rounds that were played to their end. */
  readonly rounds: number;
  readonly seconds: number;
  readonly sessions: number;
  readonly events: number;
  /** From a stop to the end of its run, with whatever died in between. */
  readonly slowestStopMs: number;
  /** How often the driver did what. */
  readonly counts: Readonly<Record<string, number>>;
  /** Breaches of what Konui promises, in words; with them the home is kept. */
  readonly breaches: readonly string[];
  /** What a person needs to look into the breaches: the round's actions, processes, clients, folders. */
  readonly dump: readonly string[];
}

/** Plays rounds until one breaks a promise. */
export async function runChaos(options: ChaosOptions): Promise<ChaosResult> {
  const { agent, seed, say, stopAfterMs = Infinity } = options;
  const since = performance.now();
  const world = await startChaosWorld(agent, seededRandom(seed));
  let rounds = 0;
  let breaches: string[] = [];
  let dump: string[] = [];
  while (rounds < options.rounds && breaches.length === 0 && performance.now() - since < stopAfterMs) {
    const roundSince = performance.now();
    try {
      breaches = await playRound(world);
    } catch (error) {
      breaches = [`the driver failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
    }
    if (breaches.length > 0) {
      dump = describe(world, rounds + 1);
      break;
    }
    rounds += 1;
    const seconds = ((performance.now() - roundSince) / 1000).toFixed(1);
    say(`round ${rounds}: ${seconds} s, ${world.journal.lines.length} actions`);
    if (options.isVerbose === true) world.journal.lines.forEach(say);
  }
  const events = world.sessions.reduce((sum, { lines }) => sum + lines.length, 0);
  const isFine = breaches.length === 0;
  breaches.push(...(await end(world, isFine)));
  if (dump.length === 0 && breaches.length > 0) dump = describe(world, rounds);
  return {
    seed,
    agent: agent.name,
    rounds,
    seconds: Math.round((performance.now() - since) / 1000),
    sessions: world.sessionIds.size,
    events,
    slowestStopMs: world.slowestStopMs,
    counts: Object.fromEntries([...world.journal.counts].sort(([one], [other]) => one.localeCompare(other))),
    breaches,
    dump,
  };
}

/** Ends everything with `konui stop`, and looks whether that left anything. The home is removed only if all was well. */
async function end(world: ChaosWorld, isFine: boolean): Promise<string[]> {
  const { konui, agent, sessionIds } = world;
  await world.close();
  await world.processes.settled();
  const { code, stderr } = await konui.command('stop');
  const breaches = [
    ...(code === 0 ? [] : [`konui stop ended with ${code}: ${stderr.trim()}`]),
    ...findHomeProcesses(konui.home).map(({ part, pid }) => `konui stop left ${part} ${pid}`),
    ...findMarkedProcesses(sessionIds).map(({ pid, commandLine }) => `konui stop left ${pid}: ${commandLine}`),
  ];
  if (!isFine || breaches.length > 0) return breaches;
  await konui.close();
  await agent.close();
  return [];
}

function describe(world: ChaosWorld, round: number): string[] {
  return [
    `round ${round}`,
    ...world.journal.lines,
    'processes:',
    ...world.processes.describe(),
    'clients:',
    ...world.everyone.map((client) => client.describe()),
    'sessions:',
    ...world.sessions.map(
      ({ sessionId, lines, state }) => `${sessionId}: ${lines.length} events, run ${state.run?.runId ?? 'none'}`,
    ),
    `home: ${world.konui.home}`,
    `agent: ${world.agent.launch.command} ${world.agent.launch.args.join(' ')}`,
  ];
}
