// npm run chaos -- --rounds 1000 [--seed 7] [--agent demo|codex|claude] [--report file]
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { AgentUnderTest } from './agent-under-test.ts';
import { createRealAgent } from './real-agent.ts';
import { runChaos } from './run-chaos.ts';
import { createScriptedAgent } from './scripted-agent.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string' },
    agent: { type: 'string', default: 'demo' },
    report: { type: 'string' },
    /** Prints the actions of each round. */
    verbose: { type: 'boolean', default: false },
  },
});
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
const rounds = Number(values.rounds);
const agent = await createAgent(values.agent);

say(`chaos: ${rounds} rounds with ${values.agent}, --seed ${seed}`);
const result = await runChaos({ agent, rounds, seed, say, isVerbose: values.verbose });
if (values.report !== undefined) writeFileSync(values.report, `${JSON.stringify(result, null, 2)}\n`);
say('');
for (const [what, count] of Object.entries(result.counts)) say(`${String(count).padStart(8)}  ${what}`);
say(`${result.rounds} rounds in ${result.seconds} s, ${result.sessions} sessions, --seed ${seed}`);
say(`the slowest stop took ${result.slowestStopMs} ms`);
if (result.breaches.length > 0) {
  for (const line of result.dump) say(line);
  say(`\n${result.breaches.length} broken promises in round ${result.rounds + 1}, --seed ${seed}:`);
  for (const breach of result.breaches) say(`- ${breach}`);
  process.exit(1);
}
say('No promise was broken.');
// After some hundred rounds something of the many clients still keeps the event loop busy; the result stands.
process.exit(0);

/** `demo` is the scripted agent: it does what demos do, and keeps a record of it. */
async function createAgent(name: string): Promise<AgentUnderTest> {
  if (name === 'demo') return createScriptedAgent();
  if (name === 'codex' || name === 'claude') return createRealAgent(name);
  throw new Error(`--agent must be demo, codex or claude, not "${name}"`);
}
