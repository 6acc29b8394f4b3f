import type { SeededRandom } from '../chaos/seeded-random.ts';
import type { ConnectionPlan } from './fault-proxy.ts';
import type { Fault } from './proxied-connection.ts';

/** What a bad network does to a new connection: mostly nothing. */
export function randomPlan(random: SeededRandom): ConnectionPlan {
  if (random.chance(0.06)) return { isRefused: true };
  const isDuplicated = random.chance(0.06);
  return random.chance(0.4) ? { isDuplicated, faults: [randomSlowness(random)] } : { isDuplicated };
}

/** What happens to a connection that stands. */
export function randomFault(random: SeededRandom): Fault {
  return random.weighted<() => Fault>([
    [2, () => ({ kind: 'drop' })],
    [
      4,
      () => ({
        kind: 'reset',
        afterBytes: random.pick([0, 1, 3, random.between(4, 900)]),
        direction: randomDirection(random),
      }),
    ],
    [1, () => ({ kind: 'stall', direction: randomDirection(random) })],
    [3, () => randomSlowness(random)],
    [2, () => ({ kind: 'heal' })],
  ])();
}

function randomSlowness(random: SeededRandom): Fault {
  return random.chance(0.5)
    ? { kind: 'delay', ms: random.between(1, 120) }
    : { kind: 'split', maxBytes: random.between(1, 40) };
}

const randomDirection = (random: SeededRandom) => random.pick(['toClient', 'toServer'] as const);
