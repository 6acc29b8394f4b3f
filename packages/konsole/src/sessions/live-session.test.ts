import { writeFileSync } from 'node:fs';
import { openInbox } from '@konui/log';
import { CommandId, newId, PromptId, RunId } from '@konui/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import {
  appendChunks,
  createTempHome,
  createTempSession,
  openTempLog,
  type TempSession,
} from '../testing/temp-home.ts';
import { LiveSession } from './live-session.ts';

function createLiveSession({ files }: TempSession) {
  const onChange = vi.fn<() => void>();
  const onGrowth = vi.fn<() => void>();
  const session = new LiveSession({
    paths: files,
    onChange,
    onGrowth,
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => session.close());
  return { session, onChange, onGrowth };
}

it('folds what a log holds, and says how many bytes that were', async () => {
  const temp = createTempSession(createTempHome());
  const log = openTempLog(temp);
  appendChunks(log, 10_000);
  const { session } = createLiveSession(temp);
  await session.start();
  expect(session.state.lastSeq).toBe(10_001);
  expect(session.foldedBytes).toBe(session.readAfter(0, { maxBytes: 100_000_000 }).bytes.length);
});

it('tells each listener of what is appended, in order and without a gap', async () => {
  const temp = createTempSession(createTempHome());
  const log = openTempLog(temp);
  const { session } = createLiveSession(temp);
  await session.start();
  const seqs: number[] = [];
  const arrived = Promise.withResolvers<void>();
  session.listen({
    onPage(page) {
      for (let seq = page.firstSeq; seq <= page.lastSeq; seq++) seqs.push(seq);
      expect(session.state.lastSeq).toBe(page.lastSeq);
      if (page.lastSeq === 201) arrived.resolve();
    },
    onCut() {},
  });
  appendChunks(log, 100);
  session.poke();
  await session.refresh();
  appendChunks(log, 100);
  session.poke();
  await arrived.promise;
  expect(seqs).toEqual(Array.from({ length: 200 }, (_, index) => index + 2));
});

it('needs a runner while a run is open or a command waits for its answer', async () => {
  const temp = createTempSession(createTempHome());
  const commandId = newId(CommandId);
  const inbox = openInbox({ path: temp.files.inbox });
  onTestFinished(() => inbox.close());
  inbox.append({ commandId, type: 'prompt' });
  const { session } = createLiveSession(temp);
  await session.start();
  expect(session).toMatchObject({ needsRunner: true, hasWork: true, waitingPrompts: 1 });

  const log = openTempLog(temp);
  const runId = newId(RunId);
  log.append({
    kind: 'prompt',
    commandId,
    promptId: PromptId.parse(commandId),
    origin: { type: 'person' },
    content: [],
  });
  log.append({ kind: 'run_started', runId, promptId: commandId });
  log.flush();
  await session.refresh();
  expect(session).toMatchObject({ needsRunner: true, hasWork: true, waitingPrompts: 0 });

  log.append({
    kind: 'complete',
    runId,
    actualSessionId: temp.sessionId,
    stopReason: 'end_turn',
    exitCode: 0,
    success: true,
    aborted: false,
  });
  log.flush();
  await session.refresh();
  expect(session.needsRunner).toBe(false);

  session.noteCommand(newId(CommandId), 'prepare');
  expect([session.needsRunner, session.hasWork]).toEqual([true, false]);
});

it('tells growth from change: of chunks only their place is folded', async () => {
  const temp = createTempSession(createTempHome());
  const log = openTempLog(temp);
  const { session, onChange, onGrowth } = createLiveSession(temp);
  await session.start();
  onChange.mockClear();
  onGrowth.mockClear();

  appendChunks(log, 3);
  await session.refresh();
  expect(session.state).toMatchObject({ lastSeq: 4, updatedAt: expect.stringMatching(/^\d{4}-.*Z$/) });
  expect([onGrowth, onChange].map(({ mock }) => mock.calls.length)).toEqual([1, 0]);

  appendChunks(log, 1);
  log.append({ kind: 'session_info_update', title: 'Named' });
  appendChunks(log, 1);
  await session.refresh();
  expect(session.state).toMatchObject({ lastSeq: 7, title: 'Named' });
  expect([onGrowth, onChange].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});

it('folds anew when the log lost lines that were delivered', async () => {
  const temp = createTempSession(createTempHome());
  const log = openTempLog(temp);
  appendChunks(log, 50);
  const { session } = createLiveSession(temp);
  await session.start();
  const cut = Promise.withResolvers<void>();
  const grown = Promise.withResolvers<void>();
  session.listen({ onPage: () => grown.resolve(), onCut: cut.resolve });
  appendChunks(log, 1);
  session.poke();
  await grown.promise;

  writeFileSync(temp.files.log, session.readAfter(0, { maxEvents: 20 }).bytes);
  session.poke();
  await cut.promise;
  await session.refresh();
  expect(session.state.lastSeq).toBe(20);
});

it('folds anew also when the log was cut before anything of it was followed', async () => {
  const temp = createTempSession(createTempHome());
  appendChunks(openTempLog(temp), 50);
  const { session } = createLiveSession(temp);
  await session.start();
  writeFileSync(temp.files.log, session.readAfter(0, { maxEvents: 20 }).bytes);
  await session.refresh();
  expect(session.state.lastSeq).toBe(20);
});
