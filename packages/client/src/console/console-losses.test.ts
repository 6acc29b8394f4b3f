import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ConsoleHarness, next, outputOf } from '../testing/console-harness.ts';
import type { FakeConsole } from '../testing/fake-console.ts';
import { reaches } from '../testing/harness.ts';
import type { ConsoleSocket } from './console-options.ts';

type Verdict = ReturnType<FakeConsole['onReceived']>;

const verdicts: Verdict[] = ['do', 'do_and_cut', 'ignore', { code: 'HOST_UNREACHABLE', retryable: true }];
const steps = fc.array(
  fc.oneof(
    fc.record({ type: fc.constant('says' as const), count: fc.integer({ min: 1, max: 4 }) }),
    fc.record({ type: fc.constant('prompt' as const), verdict: fc.constantFrom(...verdicts) }),
    fc.record({ type: fc.constant('cut' as const) }),
    fc.record({ type: fc.constant('reload' as const) }),
    fc.record({ type: fc.constant('turn' as const) }),
  ),
  { maxLength: 30 },
);

type Script = typeof steps extends fc.Arbitrary<infer Steps> ? Steps : never;

/** A page: what it has heard outlives its console. */
async function play(harness: ConsoleHarness, script: Script) {
  const { server } = harness;
  const heard: string[] = [];
  const asked: string[] = [];
  const echoes: string[] = [];
  const listen = (socket: ConsoleSocket): ConsoleSocket => {
    socket.onMessage('output', ({ content }) => heard.push(content));
    socket.onMessage('inject_prompt', ({ id }) => echoes.push(id));
    // The clock stands still: nobody waits for the next attempt.
    socket.onState(({ state }) => {
      if (state === 'waiting') queueMicrotask(() => socket.state.state === 'waiting' && socket.retry());
    });
    return socket;
  };
  let socket = listen(await harness.connected());
  for (const step of script) {
    if (step.type === 'says') server.says(...Array.from({ length: step.count }, () => `${server.lastSeq}`));
    if (step.type === 'cut') server.cut();
    if (step.type === 'turn') await turn();
    if (step.type === 'prompt') {
      server.onReceived = () => step.verdict;
      asked.push(socket.prompt(`${asked.length}`).commandId);
    }
    // Only what is answered: a page that is gone asks for nothing any more.
    if (step.type === 'reload' && socket.pending().length === 0) {
      const { sessionId, cursor } = socket;
      socket.close();
      if (sessionId === undefined || cursor === undefined) throw new Error('unreachable');
      socket = listen(harness.create({ session: sessionId, after: cursor }));
      socket.connect();
    }
  }
  server.onReceived = () => 'do';
  await reaches(socket, 'live');
  const session = next(socket, 'session');
  server.cut();
  await session;
  const { until } = outputOf(socket);
  while (socket.pending().length > 0) await new Promise<void>((resolve) => socket.onPendingChange(resolve));
  server.says('end');
  await until('end');
  return { heard, asked, echoes };
}

it('[A9] [CMD1] whatever is cut, lost or loaded anew, a page hears exactly the log, and every prompt is done once', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const harness = new ConsoleHarness();
      await harness.server.start();
      const { heard, asked, echoes } = await play(harness, script);
      expect(heard).toEqual(harness.server.words);
      expect(harness.server.promptIds.toSorted()).toEqual(asked.toSorted());
      expect(echoes).toEqual([]);
      await harness.stop();
    }),
    { numRuns: 60 },
  );
});
