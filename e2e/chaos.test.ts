import { randomInt } from 'node:crypto';
import { createScriptedAgent, runChaos } from '@konui/testing';
import { expect, it } from 'vitest';

/** Another seed each time: `npm run chaos -- --seed n --rounds 12` repeats what failed. */
const seed = randomInt(2 ** 31);

it(`loses nothing, doubles nothing and reorders nothing while anything dies (seed ${seed})`, async () => {
  const agent = createScriptedAgent();
  const { rounds, breaches, dump } = await runChaos({
    agent,
    rounds: 12,
    seed,
    stopAfterMs: 60_000,
    say: () => undefined,
  });
  expect([...breaches, ...(breaches.length > 0 ? dump : [])], `seed ${seed}, round ${rounds + 1}`).toEqual([]);
  expect(rounds).toBeGreaterThan(2);
}, 240_000);
