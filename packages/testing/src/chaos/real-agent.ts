import { startFakeModel } from '../fake-model/fake-model.ts';
import { stampsIn } from '../fake-model/monotonic-clock.ts';
import { findRealAgent } from '../real-agents/find-real-agent.ts';
import type { RealAgentName } from '../real-agents/real-agent-packages.ts';
import { makeTestHome } from '../real-agents/test-home.ts';
import { promptIdIn } from './agent/agent-step.ts';
import type { AgentUnderTest } from './agent-under-test.ts';
import { createLogFacts } from './checks/log-facts.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { SessionWatch } from './session-watch.ts';

/** A real agent with only the model replaced; what it was given shows in the model's requests. Throws where it is not installed. */
export async function createRealAgent(name: RealAgentName): Promise<AgentUnderTest> {
  const found = findRealAgent(name);
  if (!found.available) throw new Error(found.reason);
  const model = await startFakeModel();
  const home = await makeTestHome();
  const launch = found.launch(model.url, home.path);
  return {
    name,
    launch,
    program: launch.args[0] ?? launch.command,
    slowness: 4,
    promptText: (random, promptId) => `chaos:${promptId} ${randomMarker(random)}`,
    check(session) {
      const bodies = model.requests.flatMap(({ body }) => (body === undefined ? [] : [JSON.stringify(body)]));
      return [...checkRequests(session, bodies), ...checkStamps(session)];
    },
    async close() {
      await model.close();
      await home.remove();
    },
  };
}

function randomMarker(random: SeededRandom): string {
  const stream = () => `[[stream {"count":${random.between(5, 80)},"everyMs":${random.pick([1, 5, 15])}}]]`;
  return random.weighted([
    [6, stream()],
    [1, '[[think]]'],
    [1, '[[todo]]'],
    [2, `[[shell {"command":"sleep 0.${random.between(1, 9)}; echo done","ask":true}]]`],
    [0.5, '[[quota]]'],
    [0.5, '[[dropMid]]'],
  ]);
}

/** No conversation holds a prompt twice, and what succeeded was asked of the model. */
function checkRequests({ sessionId, events }: SessionWatch, bodies: readonly string[]): string[] {
  return [...createLogFacts(events).runs.values()].flatMap(({ promptId, completions }) => {
    const times = bodies.map((body) => body.split(`chaos:${promptId}`).length - 1);
    const most = Math.max(0, ...times);
    if (most > 1)
      return [`session ${sessionId}: [CMD4] prompt ${promptId} stands ${most} times in one request to the model`];
    const isMissing = completions[0]?.success === true && most === 0;
    return isMissing ? [`session ${sessionId}: prompt ${promptId} succeeded and no request to the model has it`] : [];
  });
}

/** The model stamps each word with the time at which it sends it: in the log they only grow, and none is missing. */
function checkStamps({ sessionId, events }: SessionWatch): string[] {
  const breaches: string[] = [];
  let last = 0;
  let wanted: number | undefined;
  let stamps = 0;
  for (const event of events) {
    if (event.kind === 'prompt') {
      const text = JSON.stringify(event['content']);
      wanted = promptIdIn(text) === undefined ? undefined : countIn(text);
      stamps = 0;
    }
    if (event.kind === 'agent_message_chunk') {
      for (const stamp of stampsIn(JSON.stringify(event['content']))) {
        if (stamp <= last) breaches.push(`session ${sessionId}: event ${event.seq}: stamp ${stamp} after ${last}`);
        last = stamp;
        stamps += 1;
      }
    }
    if (event.kind === 'complete' && event['success'] === true && wanted !== undefined && stamps !== wanted) {
      breaches.push(`session ${sessionId}: event ${event.seq}: ${stamps} of ${wanted} words in a run that succeeded`);
    }
  }
  return breaches;
}

function countIn(text: string): number | undefined {
  const count = /\[\[stream \{\\*"count\\*":(\d+)/.exec(text)?.[1];
  return count === undefined ? undefined : Number(count);
}
