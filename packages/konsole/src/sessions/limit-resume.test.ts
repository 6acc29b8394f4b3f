import { appendFileSync, readFileSync } from 'node:fs';
import { openEventLog, readInbox } from '@konui/log';
import {
  CommandId,
  type HostFeedMessage,
  newId,
  PromptId,
  RunId,
  type SessionEvent,
  type SessionInfo,
} from '@konui/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { deriveId } from '../derived-id.ts';
import { EMPTY_SUMMARY } from '../session-summary.ts';
import { createTempHome, createTempSession, type TempSession } from '../testing/temp-home.ts';
import { HostFeed } from './host-feed.ts';
import { type Clock, LimitResume } from './limit-resume.ts';
import { LiveEntry } from './live-entry.ts';

const REACHED = Date.parse('2026-01-08T13:00:00.000Z');
const HOUR = 3_600_000;
const by = { type: 'person' as const };

/** A wall clock and its timers, moved by the test. */
class TestClock implements Clock {
  #now = REACHED;
  #timers = new Map<object, { at: number; callback: () => void }>();
  readonly waits: number[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const key = {};
    this.waits.push(ms);
    this.#timers.set(key, { at: this.#now + ms, callback });
    return () => this.#timers.delete(key);
  }

  get isArmed(): boolean {
    return this.#timers.size > 0;
  }

  /** The machine slept: time has gone on, and every timer that is due fires once. */
  move(ms: number): void {
    this.#now += ms;
    for (const [key, { at, callback }] of this.#timers) {
      if (at <= this.#now) {
        this.#timers.delete(key);
        callback();
      }
    }
  }
}

interface Logged {
  readonly resetsAt?: string;
  readonly queued?: number;
}

/** A log whose last run ended at the limit, with prompts behind it. */
function writeLimitedLog(temp: TempSession, { resetsAt, queued = 0 }: Logged) {
  const { sessionId, files } = temp;
  const promptId = newId(PromptId);
  const runId = newId(RunId);
  const log = openEventLog({
    path: files.log,
    sessionId,
    bootId: 'boot',
    reserveBytes: 0,
    now: () => new Date(REACHED),
  });
  const content = [{ type: 'text', text: 'the prompt that was stopped' }];
  log.append({ kind: 'prompt', commandId: promptId, promptId, origin: by, content });
  log.append({ kind: 'run_started', runId, promptId });
  // So that the prompt is found pages back.
  for (let n = 0; n < 2500; n++) log.append({ kind: 'agent_message_chunk', content: { type: 'text', text: 'x' } });
  const waiting = Array.from({ length: queued }, () => newId(PromptId));
  for (const id of waiting) {
    log.append({ kind: 'prompt_queued', commandId: id, promptId: id, origin: by, content });
  }
  log.append({ kind: 'limit_reached', runId, message: 'used up', ...(resetsAt === undefined ? {} : { resetsAt }) });
  const failed = { stopReason: 'error', exitCode: 1, success: false, aborted: false };
  log.append({ kind: 'complete', runId, actualSessionId: sessionId, ...failed });
  if (queued > 0) log.append({ kind: 'queue_held', reason: 'limit', by });
  log.close();
  return { promptId, waiting, content };
}

async function open(logged: Logged, { resumeAfterLimit = true } = {}) {
  const paths = createTempHome();
  const temp = createTempSession(paths);
  const { sessionId, files } = temp;
  const written = writeLimitedLog(temp, logged);
  const clock = new TestClock();
  const onWarning = vi.fn<(message: string, fields?: object) => void>();

  /** What a konsole has of the session; a test may start another one. */
  const start = async () => {
    const feed = new HostFeed();
    const record = { ...temp.record, resumeAfterLimit };
    const ring = vi.fn<() => void>();
    const entry: LiveEntry = new LiveEntry({
      indexed: { record, summary: EMPTY_SUMMARY },
      paths: files,
      // No runner is started: what the inbox holds is what these tests are about.
      startRunner: () => {
        ring();
        return { hasExited: false, exited: new Promise(() => undefined) };
      },
      onRow: (session) => feed.publish({ type: 'session_upserted', session }),
      onRest: () => undefined,
      onWarning,
    });
    await entry.session.start();
    const rows = (): SessionInfo[] => [entry.row()];
    const resume = new LimitResume({
      paths,
      acquire: async () => ({ entry, [Symbol.dispose]: () => undefined }),
      list: rows,
      subscribe: (listener: (message: HostFeedMessage) => void) => feed.subscribe(listener),
      clock,
      onWarning,
    });
    const close = () => {
      resume.close();
      entry.close();
    };
    onTestFinished(close);
    return { entry, ring, close };
  };
  const commands = () => readInbox(files.inbox, 0).commands;
  const untilCommands = async (count: number) => {
    await expect.poll(() => commands(), { interval: 5 }).toHaveLength(count);
    return commands();
  };
  return { sessionId, files, clock, onWarning, start, commands, untilCommands, ...written };
}

const resetsAt = new Date(REACHED + 5 * HOUR).toISOString();

it('[LIM2] sends the prompt that the limit stopped again, once, under an id derived from its own', async () => {
  const test = await open({ resetsAt });
  const { entry, close } = await test.start();
  expect(entry.row().limit).toEqual({ resetsAt, resumesAt: resetsAt });
  test.clock.move(5 * HOUR - 1);
  expect(test.commands()).toEqual([]);
  test.clock.move(60_000);
  const commandId = deriveId(test.promptId, 'resume');
  expect(await test.untilCommands(1)).toMatchObject([
    {
      type: 'prompt',
      commandId,
      promptId: commandId,
      content: test.content,
      by: { type: 'system', reason: 'limit_reset' },
    },
  ]);
  // Konsole is killed before the runner has answered; the next one knows it from the inbox.
  close();
  await test.start();
  test.clock.move(HOUR);
  test.clock.move(HOUR);
  expect(test.commands()).toHaveLength(1);
  expect(test.onWarning).not.toHaveBeenCalled();
});

it('[LIM2] resumes the held queue instead where prompts wait', async () => {
  const test = await open({ resetsAt, queued: 2 });
  await test.start();
  test.clock.move(6 * HOUR);
  expect(await test.untilCommands(1)).toMatchObject([{ type: 'queue_resume' }]);
});

it('[LIM2] catches up when the reset passed while no konsole lived', async () => {
  const test = await open({ resetsAt });
  test.clock.move(100 * HOUR);
  await test.start();
  test.clock.move(0);
  await test.untilCommands(1);
});

it('[LIM2] looks at the wall clock twice a minute, however far the reset lies', async () => {
  const test = await open({ resetsAt: new Date(REACHED + 100 * 24 * HOUR).toISOString() });
  await test.start();
  for (let n = 0; n < 5; n++) {
    test.clock.move(30_000);
    await expect.poll(() => test.clock.isArmed, { interval: 5 }).toBe(true);
  }
  expect(Math.max(...test.clock.waits)).toBe(30_000);
  expect(test.commands()).toEqual([]);
});

it.each([
  ['nobody wants it', { resetsAt }, { resumeAfterLimit: false }],
  ['the agent does not say when', {}, {}],
])('[LIM2] does nothing where %s', async (_why, logged, record) => {
  const test = await open(logged, record);
  const { entry } = await test.start();
  expect(entry.row().limit).toMatchObject({ resumesAt: null });
  expect(test.clock.isArmed).toBe(false);
});

it('[LIM2] gives way to what a person does before', async () => {
  const test = await open({ resetsAt });
  const { entry } = await test.start();
  const commandId = newId(CommandId);
  const content = [{ type: 'text' as const, text: 'mine' }];
  entry.writeCommand({ type: 'prompt', commandId, promptId: PromptId.parse(commandId), at: resetsAt, by, content });
  test.clock.move(5 * HOUR);
  // Its runner answers only now.
  const { lastSeq } = entry.session.state;
  const events: Partial<SessionEvent>[] = [
    { kind: 'prompt', commandId, promptId: commandId, origin: by, content },
    { kind: 'run_started', runId: newId(RunId), promptId: commandId },
  ];
  const lines = events.map((event, index) =>
    JSON.stringify({ seq: lastSeq + 1 + index, sessionId: test.sessionId, at: resetsAt, ...event }),
  );
  appendFileSync(test.files.log, `${lines.join('\n')}\n`);
  await entry.session.refresh();
  expect(entry.row().limit).toBeNull();
  test.clock.move(HOUR);
  expect(test.commands()).toHaveLength(1);
  expect(readFileSync(test.files.inbox, 'utf8')).toContain('mine');
});
