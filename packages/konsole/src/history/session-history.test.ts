import { appendFileSync } from 'node:fs';
import {
  createSessionState,
  type MergedEvent,
  reduceSession,
  type SessionEvent,
  type SessionInfo,
} from '@konui/protocol';
import { expect, it } from 'vitest';
import { toHistoryState } from '../history-state.ts';
import { Landmarks } from '../landmarks.ts';
import { createTempHome, createTempSession, openTempLog } from '../testing/temp-home.ts';
import { eventsOf } from '../testing/session-log.ts';
import { SessionHistory } from './session-history.ts';

type Body = { kind: string; [field: string]: unknown };
const text = (value: string) => ({ type: 'text', text: value });
const says = (value: string, messageId = 'm1'): Body => ({
  kind: 'agent_message_chunk',
  messageId,
  content: text(value),
});
const prints = (data: string): Body => ({
  kind: 'tool_call_update',
  toolCallId: 't1',
  _meta: { terminal_output: { terminal_id: 'x', data } },
});

function openHistory(...bodies: Body[]) {
  const paths = createTempHome();
  const temp = createTempSession(paths);
  const log = openTempLog(temp);
  for (const body of bodies) log.append(body);
  log.flush();
  const readState = () => {
    const state = createSessionState();
    const landmarks = new Landmarks();
    for (const event of eventsOf(temp.files.log)) {
      reduceSession(state, event);
      landmarks.apply(event);
    }
    return toHistoryState(state, landmarks);
  };
  const state = readState();
  const row = () => ({ epoch: state.epoch, lastSeq: state.lastSeq }) as SessionInfo;
  const history = new SessionHistory({ paths, row, state: async () => state });
  const page = (query: { before?: number; bytes?: number } = {}) =>
    history.readMerged(temp.sessionId, { bytes: 10 * 1024, ...query });
  return { page, log, temp };
}

const textOf = (event: MergedEvent | undefined) => Object(event?.['content']).text;

it('[HIST3] adjacent chunks of one message are one event with the first one’s fields and all their text', async () => {
  const { page } = openHistory(says('a'), says('b'), says('c'), says('d', 'm2'));
  const { events } = await page();
  expect(events.map(({ seq, firstSeq }) => [firstSeq, seq])).toEqual([
    [undefined, 1],
    [2, 4],
    [undefined, 5],
  ]);
  expect(textOf(events[1])).toBe('abc');
});

it('[HIST3] what a command printed piece by piece is one event, what says more stands alone', async () => {
  const done = { kind: 'tool_call_update', toolCallId: 't1', status: 'completed' };
  const { page } = openHistory({ kind: 'tool_call', toolCallId: 't1' }, prints('a'), prints('b'), done, prints('c'));
  const { events } = await page();
  expect(events.map(({ seq, firstSeq }) => [firstSeq, seq]).slice(2)).toEqual([
    [3, 4],
    [undefined, 5],
    [undefined, 6],
  ]);
});

it('[HIST3] blocks with annotations, images and other things are not joined', async () => {
  const annotated = { ...says('a'), content: { ...text('a'), annotations: { priority: 1 } } };
  const { page } = openHistory(annotated, annotated, { ...says(''), content: { type: 'image', data: 'x' } }, says('b'));
  expect((await page()).events).toHaveLength(5);
});

it('[HIST2] a page has at most as many bytes as were asked for, and at least one event', async () => {
  const bodies = Array.from({ length: 400 }, (_, n) => says(`word ${n} ä \n`, `m${n % 7 === 0 ? n : 1}`));
  const { page } = openHistory(...bodies);
  for (const bytes of [1, 100, 1000, 5000]) {
    const { events } = await page({ bytes });
    expect(events.length).toBeGreaterThan(0);
    if (events.length > 1)
      expect(Buffer.byteLength(JSON.stringify(events))).toBeLessThanOrEqual(bytes + events.length + 2);
  }
});

it('[HIST2] a message that is longer than a page is cut between two of its chunks', async () => {
  const { page } = openHistory(...Array.from({ length: 1000 }, (_, n) => says(`chunk ${n};`)));
  const pieces: string[] = [];
  let next = await page({ bytes: 2000 });
  pieces.unshift(textOf(next.events.at(-1)));
  while (next.more) {
    next = await page({ before: next.firstSeq, bytes: 2000 });
    pieces.unshift(textOf(next.events.at(-1)) ?? '');
  }
  expect(pieces.join('')).toBe(Array.from({ length: 1000 }, (_, n) => `chunk ${n};`).join(''));
});

it('[HIST1] pages, one below the other, are the log without a hole or a double', async () => {
  const bodies = Array.from({ length: 3000 }, (_, n) => (n % 11 === 0 ? { kind: 'usage_update', used: n } : says('x')));
  const { page } = openHistory(...bodies);
  const covered: [number, number][] = [];
  let next = await page({ bytes: 700 });
  for (;;) {
    covered.unshift(...next.events.map(({ seq, firstSeq = seq }): [number, number] => [firstSeq, seq]));
    if (!next.more) break;
    next = await page({ before: next.firstSeq, bytes: 700 });
  }
  let expected = 1;
  for (const [first, last] of covered) {
    expect(first).toBe(expected);
    expected = last + 1;
  }
  expect(expected).toBe(3002);
});

it('[HIST4] the tail says what lies below it of plan, commands, usage and options, once each', async () => {
  const { page } = openHistory(
    { kind: 'available_commands_update', availableCommands: [{ name: 'old' }] },
    { kind: 'usage_update', used: 1 },
    { kind: 'available_commands_update', availableCommands: [{ name: 'new' }] },
    { kind: 'plan', entries: [] },
    ...Array.from({ length: 200 }, () => says('x'.repeat(100), 'm')),
  );
  const { context, events } = await page({ bytes: 1000 });
  expect(events).toHaveLength(1);
  expect(context.map(({ kind, seq }) => [seq, kind])).toEqual([
    [3, 'usage_update'],
    [4, 'available_commands_update'],
    [5, 'plan'],
  ]);
});

it('[HIST5] a page names the calls that began below it and that it goes on with', async () => {
  const filler = Array.from({ length: 50 }, () => says('x'.repeat(100), 'm'));
  const { page } = openHistory(
    { kind: 'tool_call', toolCallId: 't1' },
    ...filler,
    { kind: 'tool_call_update', toolCallId: 't1', rawOutput: 'now' },
    { kind: 'tool_call', toolCallId: 't2' },
  );
  expect((await page({ bytes: 500 })).earlierTools).toEqual([{ toolCallId: 't1', seq: 2, isOfRun: true }]);
});

it('[HIST1] a session without events has an empty page', async () => {
  const paths = createTempHome();
  const { sessionId } = createTempSession(paths);
  const history = new SessionHistory({
    paths,
    row: () => ({ epoch: null, lastSeq: 0 }) as SessionInfo,
    state: async () => toHistoryState(createSessionState(), new Landmarks()),
  });
  const answer = await history.readMerged(sessionId, { bytes: 1000 });
  expect(answer).toMatchObject({ epoch: null, lastSeq: 0, firstSeq: 0, more: false, events: [], context: [] });
});

it('[HIST1] a line that its writer has not finished is not told', async () => {
  const { page, temp, log } = openHistory(says('a'));
  appendFileSync(temp.files.log, '{"seq":3,"sessionId"');
  const { lastSeq, events } = await page();
  expect([lastSeq, events.at(-1)?.seq]).toEqual([2, 2]);
  expect(log.lastSeq).toBe(2);
});

it('a tail of a long log reads only its end', async () => {
  const { page, temp } = openHistory(
    ...Array.from({ length: 20_000 }, (_, n) => says(`${n} `.repeat(20), `m${n >> 4}`)),
  );
  await page();
  const state: SessionEvent[] = eventsOf(temp.files.log);
  const began = performance.now();
  const { events } = await page({ before: state.length });
  const ms = performance.now() - began;
  const begun = performance.now();
  eventsOf(temp.files.log);
  expect(events.length).toBeGreaterThan(0);
  expect(ms).toBeLessThan((performance.now() - begun) / 2);
});
