import { openEventLog, readBootId } from '@konui/log';
import { newId, PromptId, RunId, SessionStateView } from '@konui/protocol';
import { expect, it } from 'vitest';
import { deriveId } from './derived-id.ts';
import { KonsoleProcess } from './testing/konsole-process.ts';
import { createTempHome, createTempSession } from './testing/temp-home.ts';

/** A session whose last run ended at the limit two minutes ago. */
function createLimitedSession(resetsInMs: number) {
  const paths = createTempHome();
  const { sessionId, files } = createTempSession(paths);
  const promptId = newId(PromptId);
  const runId = newId(RunId);
  const now = () => new Date(Date.now() - 120_000);
  const log = openEventLog({ path: files.log, sessionId, bootId: readBootId(), reserveBytes: 0, now });
  const resetsAt = new Date(Date.now() + resetsInMs).toISOString();
  const content = [{ type: 'text', text: '/stream 3' }];
  log.append({ kind: 'prompt', commandId: promptId, promptId, origin: { type: 'person' }, content });
  log.append({ kind: 'run_started', runId, promptId });
  log.append({ kind: 'limit_reached', runId, message: 'The quota is used up.', resetsAt });
  const failed = { stopReason: 'error', exitCode: 1, success: false, aborted: false };
  log.append({ kind: 'complete', runId, actualSessionId: sessionId, ...failed });
  log.close();
  return { paths, sessionId, promptId, resetsAt, at: (rest: string) => `/sessions/${sessionId}${rest}` };
}

it('[LIM2] shows when a session goes on, and lets it go on by itself, once, also over a kill of konsole', async () => {
  const { paths, at, promptId, resetsAt } = createLimitedSession(8000);
  const first = await new KonsoleProcess(paths).start();
  expect((await first.get(at(''))).json).toMatchObject({ limit: { resetsAt, resumesAt: null } });
  expect((await first.patch(at(''), { resumeAfterLimit: true })).json).toMatchObject({
    limit: { resumesAt: resetsAt },
  });
  const state = SessionStateView.parse((await first.get(at('/state'))).json);
  expect(state.limit).toMatchObject({ promptId, message: 'The quota is used up.', resetsAt, resumesAt: resetsAt });
  await first.end('SIGKILL');

  const next = await new KonsoleProcess(paths).start();
  const stream = await next.stream(at('/stream?after=5'));
  const prompt = JSON.parse((await stream.untilKind('prompt')).data);
  expect(prompt).toMatchObject({
    promptId: deriveId(promptId, 'resume'),
    origin: { type: 'system', reason: 'limit_reset' },
    content: [{ type: 'text', text: '/stream 3' }],
  });
  expect(Date.parse(prompt.at)).toBeGreaterThanOrEqual(Date.parse(resetsAt));
  await stream.untilKind('complete');
  await next.end('SIGKILL');
  const last = await new KonsoleProcess(paths).start();
  expect((await last.get(at(''))).json).toMatchObject({ limit: null, status: 'idle', lastRun: { success: true } });
  const { text } = await last.get(at('/events'));
  expect(text.match(/"kind":"run_started"/g)).toHaveLength(2);
});
