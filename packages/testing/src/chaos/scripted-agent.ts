import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AgentRecord } from './agent/agent-record.ts';
import { type AgentStep, toPromptText } from './agent/agent-step.ts';
import type { AgentUnderTest } from './agent-under-test.ts';
import { checkRecord } from './checks/check-record.ts';
import type { SeededRandom } from './seeded-random.ts';
import { readLines } from './session-watch.ts';

const MAIN = new URL('agent/main.ts', import.meta.url).pathname;

/** The agent that does what its prompts say and keeps a record of its own. */
export function createScriptedAgent(): AgentUnderTest & { readonly recordFolder: string } {
  const recordFolder = mkdtempSync(join(tmpdir(), 'konui-chaos-record-'));
  return {
    name: 'chaos',
    launch: { name: 'Chaos', command: process.execPath, args: [MAIN, recordFolder], env: {} },
    program: MAIN,
    slowness: 1,
    recordFolder,
    promptText: (random, promptId) => toPromptText(promptId, randomSteps(random)),
    check({ sessionId, events }) {
      const records = readLines(join(recordFolder, `${sessionId}.ndjson`)).map(
        (line) => JSON.parse(line) as AgentRecord,
      );
      return checkRecord(sessionId, events, records);
    },
    async close() {
      rmSync(recordFolder, { recursive: true, force: true });
    },
  };
}

function randomSteps(random: SeededRandom): AgentStep[] {
  const everyMs = (): number => random.pick([0, 0, 1, 3, 8, 12]);
  const steps: AgentStep[] = [];
  for (let left = random.between(1, 4); left > 0; left -= 1) {
    const step = random.weighted<() => AgentStep[]>([
      [8, () => [{ do: 'say', count: random.between(1, 40), everyMs: everyMs(), length: random.between(0, 30) }]],
      [1, () => [{ do: 'say', count: random.between(200, 800), everyMs: 0, length: random.between(10, 300) }]],
      [2, () => [{ do: 'think', count: random.between(1, 20), everyMs: everyMs(), length: 5 }]],
      [1, () => [{ do: 'plan' }]],
      [1, () => [{ do: 'unknown' }, { do: 'pause', ms: random.between(0, 60) }]],
      [5, () => [{ do: 'command', ms: random.between(10, 300), asks: random.chance(0.65) }]],
      [0.3, () => [{ do: 'leave' }]],
      [2, () => [{ do: 'pause', ms: random.between(10, 200) }]],
      [0.4, () => [{ do: 'crash', code: random.between(0, 3) }]],
      [0.4, () => [{ do: 'fail' }]],
      [0.15, () => [{ do: 'ignoreStop' }, { do: 'pause', ms: 400 }]],
      [0.8, () => [{ do: 'sayLate', count: random.between(1, 5) }]],
    ]);
    steps.push(...step());
  }
  return steps;
}
