import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ConversationState, createConversation, HeldHistory, reduceConversationEvents } from '@konui/client';
import {
  createSessionState,
  HistoryAnswer,
  homePaths,
  reduceSession,
  type SessionEvent,
  SessionId,
  type SessionInfo,
  sessionPaths,
} from '@konui/protocol';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { toHistoryState } from '../packages/konsole/src/history-state.ts';
import { SessionHistory } from '../packages/konsole/src/history/session-history.ts';
import { Landmarks } from '../packages/konsole/src/landmarks.ts';

const home = mkdtempSync(join(tmpdir(), 'konui-history-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const paths = homePaths(home, { uid: 0 });
const SESSION = SessionId.parse('6c2b1f0e-6d4f-4b57-9a44-2f5d1b7f8a10');
const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const text = (value: string) => ({ type: 'text', text: value });
const person = { type: 'person', device: 'test' };

type Body = { kind: string; [field: string]: unknown };

/** What a log may go on with; numbers choose among few ids, so that updates meet their calls. */
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('say' as const), n: fc.nat(2), words: fc.string() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('think' as const), n: fc.nat(1), words: fc.string() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('tool' as const), n: fc.nat(4), words: fc.string() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('print' as const), n: fc.nat(4), words: fc.string() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('update' as const), n: fc.nat(4), words: fc.string() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('ask' as const), n: fc.nat(4), words: fc.string() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('resolve' as const), n: fc.nat(4), words: fc.string() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('prompt' as const), n: fc.nat(), words: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('end' as const), n: fc.nat(2), words: fc.string() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('queue' as const), n: fc.nat(3), words: fc.string() }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('misc' as const), n: fc.nat(11), words: fc.string() }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

/** A log as runners write it: one run at a time, each ended once. */
function toLog(steps: readonly Step[]): SessionEvent[] {
  const events: SessionEvent[] = [];
  const state = createSessionState();
  let made = 0;
  const add = (body: Body) => {
    const seq = events.length + 1;
    const event = { seq, sessionId: SESSION, at: new Date(seq * 1000).toISOString(), ...body };
    events.push(event);
    reduceSession(state, event);
  };
  const start = (promptId: string) => add({ kind: 'run_started', runId: id((made += 1)), promptId });
  /** Calls of this run that nobody has said more than that they are done. */
  const done = new Set<string>();
  const isOpen = (toolCallId: string) => state.run !== undefined && !done.has(`${state.run.runId} ${toolCallId}`);
  const bodies: Record<Step['do'], (n: number, words: string) => void> = {
    say: (n, words) =>
      add({ kind: 'agent_message_chunk', content: text(words), ...(n === 0 ? {} : { messageId: `m${n}` }) }),
    think: (n, words) => add({ kind: 'agent_thought_chunk', content: text(words), _meta: { n } }),
    tool(n, words) {
      if (isOpen(`t${n}`)) add({ kind: 'tool_call', toolCallId: `t${n}`, title: words, status: 'in_progress' });
    },
    print(n, words) {
      const output = { terminal_output: { data: words } };
      if (isOpen(`t${n}`)) add({ kind: 'tool_call_update', toolCallId: `t${n}`, _meta: output });
    },
    update(n, words) {
      if (!isOpen(`t${n}`)) return;
      add({ kind: 'tool_call_update', toolCallId: `t${n}`, rawOutput: words, status: 'completed' });
      if (words.length > 2) return;
      add({ kind: 'tool_call_update', toolCallId: `t${n}`, rawOutput: 'in the end' });
      done.add(`${state.run?.runId} t${n}`);
    },
    ask: (n, words) => {
      if (state.run === undefined) return;
      const options = [{ optionId: 'yes', name: 'Yes', kind: 'allow_once' }];
      const toolCall = { toolCallId: `t${n}`, title: words };
      add({ kind: 'permission_request', requestId: id((made += 1)), runId: state.run.runId, toolCall, options });
    },
    resolve: () => {
      const requestId = state.pendingPermissions[0]?.requestId;
      if (requestId !== undefined) add({ kind: 'permission_resolved', requestId, by: person, optionId: 'yes' });
    },
    prompt: (_, words) => {
      const promptId = id((made += 1));
      const body = { commandId: promptId, promptId, origin: person, content: [text(words)] };
      if (state.run !== undefined) return add({ kind: 'prompt_queued', ...body });
      add({ kind: 'prompt', ...body });
      start(promptId);
    },
    end: (n) => {
      if (state.run === undefined) return;
      const { runId } = state.run;
      if (n === 1) add({ kind: 'limit_reached', runId, message: 'used up' });
      const success = n === 0;
      const facts = { stopReason: success ? 'end_turn' : 'error', exitCode: success ? 0 : 1, success, aborted: false };
      add({ kind: 'complete', runId, actualSessionId: SESSION, ...facts });
      if (!success && state.queue.length > 0) return add({ kind: 'queue_held', reason: 'error', by: person });
      const [next] = state.queue;
      if (next === undefined || state.queueHold !== undefined) return;
      add({ kind: 'prompt', promptId: next.promptId, origin: next.origin, content: next.content });
      start(next.promptId);
    },
    queue: (n, words) => {
      const [first, second] = state.queue;
      if (first === undefined) return;
      const commandId = id((made += 1));
      if (n === 0) add({ kind: 'prompt_removed', commandId, promptId: first.promptId, by: person });
      else if (n === 1) add({ kind: 'queue_resumed', by: person });
      else {
        const change = n === 2 ? { content: [text(words)] } : { before: second?.promptId ?? null };
        add({ kind: 'prompt_changed', commandId, promptId: first.promptId, by: person, ...change });
      }
    },
    misc: (n, words) => {
      const runId = state.run?.runId ?? id(0);
      const modes = { currentModeId: 'a', availableModes: [{ id: 'a' }, { id: 'b' }] };
      const mine: Body[] = [
        { kind: 'usage_update', used: words.length },
        { kind: 'plan', entries: [{ content: words, status: 'pending' }] },
        { kind: 'available_commands_update', availableCommands: [{ name: words }] },
        { kind: 'current_mode_update', currentModeId: words },
        {
          kind: 'config_option_update',
          configOptions: [{ id: 'c', category: 'mode', options: ['a'], currentValue: '' }],
        },
        { kind: 'session_info_update', title: words },
        { kind: 'retrying', runId, message: words },
        { kind: 'status', state: 'starting', runId, message: words },
        { kind: 'agent_ready', name: 'agent', ...(words.length > 3 ? { modes } : {}) },
        { kind: 'option_changed', commandId: id((made += 1)), by: person, option: { type: 'mode', modeId: 'b' } },
        { kind: 'error', code: 'AGENT_ERROR', message: words },
        { kind: 'novel', words },
      ];
      const body = mine[n];
      if (body !== undefined) add(body);
    },
  };
  add({ kind: 'log_opened', epoch: 'e1', bootId: 'b1', fromSeq: 1, format: 1 });
  for (const { do: what, n, words } of steps) bodies[what](n, words);
  return events;
}

/** A host's history of a log that holds these events. */
function openHistory(events: readonly SessionEvent[]) {
  const files = sessionPaths(paths, SESSION);
  mkdirSync(files.folder, { recursive: true });
  const write = (count: number) => {
    const lines = events
      .slice(0, count)
      .map(({ seq, sessionId, kind, at, ...body }) => `${JSON.stringify({ seq, sessionId, kind, at, ...body })}\n`);
    writeFileSync(files.log, lines.join(''));
    const state = createSessionState();
    const landmarks = new Landmarks();
    for (const event of events.slice(0, count)) {
      reduceSession(state, event);
      landmarks.apply(event);
    }
    return toHistoryState(state, landmarks);
  };
  let state = write(events.length);
  const row = () => ({ epoch: 'e1', lastSeq: state.lastSeq }) as SessionInfo;
  const history = new SessionHistory({ paths, row, state: async () => state });
  return {
    cutAt: (count: number) => void (state = write(count)),
    page: async (query: { before?: number; bytes: number }) =>
      HistoryAnswer.parse(JSON.parse(JSON.stringify(await history.readMerged(SESSION, query)))),
  };
}

/** All that a page shows but its items. */
function stateOf({ items: _items, hidden: _hidden, ...state }: ConversationState) {
  return JSON.parse(JSON.stringify(state));
}
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
const fold = (events: readonly SessionEvent[]) => reduceConversationEvents(createConversation(), events);

it('[HIST1] [HIST4] a tail, what follows it, and any earlier pages are the conversation of the whole log', async () => {
  const logs = fc.array(step, { maxLength: 120, size: 'max' }).map(toLog);
  const sizes = fc.array(fc.integer({ min: 1, max: 6000 }), { minLength: 1, maxLength: 8 });
  const pages = fc.integer({ min: 1, max: 9 });
  const property = fc.asyncProperty(
    logs,
    sizes,
    pages,
    fc.double({ min: 0, max: 1, noNaN: true }),
    async (events, bytes, pace, share) => {
      const whole = plain(fold(events).items);
      const { page, cutAt } = openHistory(events);
      const known = Math.max(1, Math.ceil(events.length * share));
      cutAt(known);
      const tail = await page({ bytes: bytes[0] ?? 1 });
      const held = new HeldHistory(tail);
      expect(stateOf(held.conversation)).toEqual(stateOf(fold(events.slice(0, known))));
      cutAt(events.length);
      const rest = events.slice(known);
      for (let turn = 1; held.hasEarlier || rest.length > 0; turn++) {
        held.append(rest.splice(0, turn % 3));
        if (held.hasEarlier && turn % pace === 0) {
          held.prepend(await page({ before: held.firstSeq, bytes: bytes[turn % bytes.length] ?? 1 }));
        }
        const now = fold(events.slice(0, held.conversation.lastSeq));
        expect(stateOf(held.conversation)).toEqual(stateOf(now));
        expectSuffix(plain(held.conversation.items), plain(now.items), held.firstSeq);
      }
      expect(stateOf(held.conversation)).toEqual(stateOf(fold(events)));
      expect(plain(held.conversation.items)).toEqual(whole);
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

const MESSAGES: ReadonlySet<unknown> = new Set(['message', 'thought', 'user_message']);

interface PlainItem {
  readonly key: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

/**
 * What is shown is the end of the whole. Messages and calls that the cut runs through are looked at when all is there: a
 * message may lack its beginning, and an agent may use the id of a call or message again.
 */
function expectSuffix(items: PlainItem[], whole: PlainItem[], firstSeq: number): void {
  const isWhole = ({ type }: PlainItem): boolean => type !== 'tool' && !MESSAGES.has(type);
  expect(items.filter(isWhole)).toEqual(whole.filter(({ key }) => key >= firstSeq).filter(isWhole));
}
