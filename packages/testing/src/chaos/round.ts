import { setTimeout as delay } from 'node:timers/promises';
import { actAtRandom } from './actions.ts';
import { checkClient, checkCommands } from './checks/check-clients.ts';
import { checkLog } from './checks/check-log.ts';
import { slowestStopMs } from './checks/log-facts.ts';
import type { ChaosWorld } from './chaos-world.ts';
import { randomPlan } from '../fault-proxy/random-faults.ts';
import { settle } from './settle.ts';

const POLL_MS = 5;
/** How long the lifeline of a dead runner may take to end its agent. */
const ORPHAN_PATIENCE_MS = 8000;

/** Random actions, then quiet, then every check. Answers with each breach in words. */
export async function playRound(world: ChaosWorld): Promise<string[]> {
  const { random, proxy, journal, agent } = world;
  journal.beginRound();
  await world.renewSessions();
  const network = random.fork();
  proxy.setPlan(() => randomPlan(network));
  // Now and then long enough for runners to leave just before, or just while, the first prompt comes.
  if (random.chance(0.04)) await actUntil(world, random.between(2000, 4200), 0);
  await actUntil(world, random.between(250, 900) * agent.slowness, random.between(5, 18));

  world.onEvent.clear();
  world.processes.resumeAll();
  proxy.setPlan(() => ({}));
  // A dropped connection stays dropped: noticing it is the clients' business.
  for (const connection of proxy.connections) if (!connection.isDropped) connection.apply({ kind: 'heal' });
  const missing = await settle(world);
  if (missing.length > 0) return missing.map((what) => `not quiet in time: ${what}`);
  await world.processes.settled();
  return check(world);
}

async function actUntil(world: ChaosWorld, ms: number, count: number): Promise<void> {
  const since = performance.now();
  const moments = Array.from({ length: count }, () => world.random.between(0, ms)).sort((one, other) => one - other);
  while (performance.now() - since < ms) {
    world.poll();
    while (moments[0] !== undefined && moments[0] <= performance.now() - since) {
      moments.shift();
      actAtRandom(world);
    }
    await delay(POLL_MS);
  }
}

async function check(world: ChaosWorld): Promise<string[]> {
  const breaches = world.sessions.flatMap((session) => [
    ...checkLog(session),
    ...world.agent.check(session),
    ...world.everyone.flatMap((client) => checkClient(client, session)),
  ]);
  world.slowestStopMs = Math.max(world.slowestStopMs, ...world.sessions.map(({ events }) => slowestStopMs(events)));
  const stored = new Set(
    world.sessions.flatMap((session) => session.readInbox().map(({ commandId }) => String(commandId))),
  );
  for (const client of world.everyone) {
    breaches.push(...client.violations, ...checkCommands(client, stored));
    // Checked, and its session may be gone next time.
    client.forgetCommands();
  }
  return [...breaches, ...(await checkOrphans(world))];
}

async function checkOrphans(world: ChaosWorld): Promise<string[]> {
  const since = performance.now();
  for (;;) {
    const orphans = world.processes.findOrphans();
    if (orphans.length === 0) return [];
    if (performance.now() - since > ORPHAN_PATIENCE_MS) {
      return orphans.map(({ pid, sessionId, commandLine }) => `orphan ${pid} of session ${sessionId}: ${commandLine}`);
    }
    await delay(50);
  }
}
