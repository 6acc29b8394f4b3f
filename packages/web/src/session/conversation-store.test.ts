import type { CommandOutcome, Connection, PendingCommand, SubscribeOptions } from '@konui/client';
import {
  foldSession,
  type HistoryAnswer,
  KonuiError,
  mergeEvents,
  type SessionEvent,
  toSessionSnapshot,
} from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { createConversationStore } from './conversation-store.ts';

const NOW = Date.parse('2030-01-01T00:00:00.000Z');
const SESSION = '00000000-0000-4000-8000-000000000001';
const RUN = '00000000-0000-4000-8000-000000000002';
const PROMPT = '00000000-0000-4000-8000-000000000003';
const REQUEST = '00000000-0000-4000-8000-000000000004';
const at = '2026-01-01T00:00:00.000Z';
const event = (seq: number, kind: string, fields: Record<string, unknown> = {}) => ({
  seq,
  sessionId: SESSION,
  kind,
  at,
  ...fields,
});
const prompt = event(1, 'prompt', {
  promptId: PROMPT,
  commandId: PROMPT,
  origin: { type: 'person' },
  content: [{ type: 'text', text: 'hello' }],
});
const runStarted = event(2, 'run_started', { runId: RUN, promptId: PROMPT });
const chunk = (seq: number, text: string) => event(seq, 'agent_message_chunk', { content: { type: 'text', text } });
const permission = event(3, 'permission_request', {
  requestId: REQUEST,
  runId: RUN,
  toolCall: { toolCallId: 't' },
  options: [{ optionId: 'yes', name: 'Yes', kind: 'allow_once' }],
});

/** The last `count` events below `before`, as a host answers. */
function pageOf(log: readonly SessionEvent[], before: number | undefined, count: number): HistoryAnswer {
  const below = log.filter(({ seq }) => seq < (before ?? Infinity));
  const events = mergeEvents(below.slice(-count));
  const [first] = events;
  const firstSeq = first?.firstSeq ?? first?.seq ?? 0;
  const rest = { earlierTools: [], context: [], events };
  const head = { epoch: 'e1', lastSeq: log.length, firstSeq, more: firstSeq > 1 };
  return before === undefined ? { ...head, ...rest, state: toSessionSnapshot(foldSession(log)) } : { ...head, ...rest };
}

interface WireOptions {
  readonly log?: readonly SessionEvent[];
  /** Events of a page. */
  readonly count?: number;
  readonly cached?: HistoryAnswer;
}

/** A connection whose server is the test, with a log that its history is of. */
function createWire({ log = [], count = 100, cached }: WireOptions = {}) {
  const history = { log, failWith: undefined as KonuiError | undefined, asked: 0 };
  const seen: SessionEvent[] = [];
  const left: number[] = [];
  let onNotice: ((frame: { notice: string }) => void) | undefined;
  const subscriptions: SubscribeOptions[] = [];
  const sent: { what: string; settle: (outcome: CommandOutcome) => void }[] = [];
  const pending: PendingCommand[] = [];
  const handle = (what: string) => {
    const { promise, resolve } = Promise.withResolvers<CommandOutcome>();
    sent.push({ what, settle: resolve });
    return { commandId: `command ${sent.length}`, settled: promise };
  };
  const nothing = () => () => undefined;
  const connection: Connection = {
    state: { state: 'closed' },
    onState: nothing,
    connect: () => undefined,
    retry: () => undefined,
    close: () => undefined,
    subscribe: (_, options) => {
      subscriptions.push(options);
      return Object.assign(() => left.push(subscriptions.length), { cursor: () => ({ seq: 2, epoch: 'e1' }) });
    },
    send: (_, content) => handle(`send ${JSON.stringify(content)}`),
    abort: (_, options) => handle(`abort ${options?.runId}`),
    answerPermission: (_, requestId, choice) => handle(['answer', requestId, ...Object.values(choice)].join(' ')),
    answerElicitation: (_, requestId, reply) => handle(`reply ${requestId} ${reply.action}`),
    changeQueue: (_, change) => handle(`queue ${JSON.stringify(change)}`),
    pending: () => pending,
    onPendingChange: nothing,
    missingEvents: () => 0,
    sawEvents: (events) => seen.push(...events),
    onFrame: (kind, listener) => {
      if (kind === 'server_notice') onNotice = listener as typeof onNotice;
      return () => undefined;
    },
  };
  const draws: (() => void)[] = [];
  const store = createConversationStore(SESSION, {
    connection,
    async fetchHistory(_, { before }) {
      history.asked += 1;
      if (history.failWith !== undefined) throw history.failWith;
      return pageOf(history.log, before, count);
    },
    historyCache: { readTail: async () => cached, writeTail: async () => undefined },
    now: () => NOW,
    schedule(draw) {
      draws.push(draw);
      return () => draws.splice(draws.indexOf(draw), 1);
    },
  });
  const draw = () => draws.splice(0).forEach((each) => each());
  return {
    store,
    history,
    seen,
    left,
    subscriptions,
    sent,
    draw,
    hostIsBack: () => onNotice?.({ notice: 'host_back' }),
    receive: (...events: ReturnType<typeof event>[]) =>
      events.forEach((each) => subscriptions.at(-1)?.onEvent(each, JSON.stringify(each))),
  };
}

/** A session whose run is open and drawn. */
async function createRunning() {
  const wire = createWire({ log: [prompt, runStarted] });
  wire.store.open();
  await settled();
  wire.subscriptions.at(-1)?.onCaughtUp?.();
  wire.draw();
  return wire;
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createConversationStore', () => {
  it('[HIST1] shows the end of a session first, and follows it from there', async () => {
    const log = [prompt, runStarted, ...Array.from({ length: 50 }, (_, n) => event(n + 3, 'novel'))];
    const { store, subscriptions, draw } = createWire({ log, count: 5 });
    store.open();
    expect(store.get().phase).toBe('loading');
    await settled();
    draw();
    expect(store.get()).toMatchObject({ phase: 'ready', hasEarlier: true, conversation: { lastSeq: 52 } });
    expect(store.get().conversation.items.map(({ key }) => key)).toEqual([48, 49, 50, 51, 52]);
    expect(store.get().conversation.run?.runId).toBe(RUN);
    expect(subscriptions.map(({ from }) => from)).toEqual([{ seq: 52, epoch: 'e1' }]);
  });

  it('[HIST1] shows what was before when it is asked for, while new events come', async () => {
    const log = Array.from({ length: 12 }, (_, n) => event(n + 1, 'novel'));
    const { store, receive, draw } = createWire({ log, count: 5 });
    store.open();
    await settled();
    draw();
    const [first] = store.get().conversation.items;
    const loading = store.loadEarlier();
    receive(event(13, 'novel'));
    draw();
    expect(store.get().isLoadingEarlier).toBe(true);
    await loading;
    draw();
    expect(store.get().conversation.items.map(({ key }) => key)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(store.get().conversation.items[5]).toBe(first);
    expect(store.get()).toMatchObject({ isLoadingEarlier: false, hasEarlier: true });
  });

  it('[HIST1] shows everything back to the event of a link', async () => {
    const log = Array.from({ length: 30 }, (_, n) => event(n + 1, 'novel'));
    const { store, draw } = createWire({ log, count: 4 });
    store.open();
    expect(await store.loadUntil(11)).toBe(true);
    draw();
    expect(store.get().conversation.items[0]?.key).toBe(11);
    expect(await store.loadUntil(0)).toBe(true);
    draw();
    expect(store.get()).toMatchObject({ hasEarlier: false });
    expect(store.get().conversation.items).toHaveLength(30);
  });

  it('shows a copy when the session cannot be fetched, and the session as soon as it can', async () => {
    const cached = pageOf([prompt], undefined, 10);
    const { store, history, draw, hostIsBack, subscriptions } = createWire({ log: [prompt, runStarted], cached });
    history.failWith = new KonuiError('HOST_UNREACHABLE', 'no answer');
    const close = store.open();
    await settled();
    draw();
    expect(store.get()).toMatchObject({ phase: 'ready', isFromCache: true, conversation: { lastSeq: 1 } });
    expect(subscriptions).toHaveLength(0);
    history.failWith = undefined;
    hostIsBack();
    await settled();
    draw();
    expect(store.get()).toMatchObject({ phase: 'ready', isFromCache: false, conversation: { lastSeq: 2 } });
    expect(subscriptions).toHaveLength(1);
    close();
  });

  it('[C8] what history shows of a command counts as its answer', async () => {
    const filler = Array.from({ length: 20 }, (_, n) => event(n + 3, 'novel'));
    const { store, seen } = createWire({ log: [prompt, runStarted, ...filler], count: 3 });
    store.open();
    await settled();
    expect(seen.map(({ kind, promptId }) => [kind, promptId])).toContainEqual(['prompt', PROMPT]);
  });

  it('shows a session in which nothing has happened', async () => {
    const { store, draw, subscriptions } = createWire();
    store.open();
    await settled();
    draw();
    expect(store.get()).toMatchObject({ phase: 'ready', hasEarlier: false, conversation: { items: [] } });
    expect(subscriptions[0]?.from?.seq).toBe(0);
  });

  it('draws many events of one frame together', async () => {
    const { store, receive, draw } = await createRunning();
    let drawn = 0;
    store.subscribe(() => (drawn += 1));
    for (let seq = 3; seq < 100; seq++) receive(chunk(seq, 'x'));
    draw();
    expect(drawn).toBe(1);
    expect(store.get().conversation.lastSeq).toBe(99);
  });

  it('[A9] follows on from where it was when the page comes back to the session', async () => {
    const { store, receive, subscriptions, history } = createWire({ log: [prompt] });
    const close = store.open();
    await settled();
    receive(runStarted);
    close();
    store.open();
    expect(subscriptions.map(({ from }) => from?.seq)).toEqual([1, 2]);
    expect(history.asked).toBe(1);
  });

  it('begins anew, from its end, when the log is another one', async () => {
    const { store, subscriptions, draw, history, left } = await createRunning();
    history.log = [event(1, 'novel')];
    subscriptions.at(-1)?.onReset?.();
    await settled();
    draw();
    expect(left).toHaveLength(1);
    expect(store.get()).toMatchObject({ phase: 'ready', conversation: { lastSeq: 1 } });
    expect(store.get().conversation.items).toHaveLength(1);
  });

  it('asks to stop a run once, by its id, and again only after a refusal', async () => {
    const { store, sent } = await createRunning();
    store.stop();
    store.stop();
    expect(sent.map(({ what }) => what)).toEqual([`abort ${RUN}`]);
    sent[0]?.settle({ state: 'dropped', reason: 'expired', message: 'no connection' });
    await settled();
    expect(store.get().refusals.map(({ message }) => message)).toEqual(['no connection']);
    store.stop();
    expect(sent).toHaveLength(2);
  });

  it('[C7] answers a question once, and lets the answer stand when somebody else was faster', async () => {
    const { store, sent, receive, draw } = await createRunning();
    receive(permission);
    draw();
    store.answer(REQUEST, 'yes');
    store.answer(REQUEST, 'yes');
    expect(sent.map(({ what }) => what)).toEqual([`answer ${REQUEST} yes`]);
    sent[0]?.settle({ state: 'refused', code: 'PERMISSION_NOT_FOUND', message: 'closed' });
    await settled();
    expect(store.get().refusals).toEqual([]);
    expect(store.get().answering.size).toBe(0);
  });

  it('sends the reason along with an answer', async () => {
    const { store, sent, receive, draw } = await createRunning();
    receive(permission);
    draw();
    store.answer(REQUEST, 'no', 'use the other folder');
    expect(sent.map(({ what }) => what)).toEqual([`answer ${REQUEST} no use the other folder`]);
  });

  it('[ELI1] answers a question with a form once', async () => {
    const { store, sent, receive, draw } = await createRunning();
    const question = { requestId: REQUEST, runId: RUN, message: 'Which?', requestedSchema: {} };
    receive(event(3, 'elicitation_request', question));
    draw();
    store.answerQuestion(REQUEST, { action: 'decline' });
    store.answerQuestion(REQUEST, { action: 'decline' });
    expect(sent.map(({ what }) => what)).toEqual([`reply ${REQUEST} decline`]);
    receive(event(4, 'elicitation_resolved', { requestId: REQUEST, by: { type: 'person' }, action: 'decline' }));
    draw();
    expect(store.get().answering.size).toBe(0);
    expect(store.get().conversation.pendingElicitations).toEqual([]);
  });

  it('[QUE1] tells what became of a change of the queue when the change can be seen', async () => {
    const { store, receive, draw, sent } = await createRunning();
    const id = '00000000-0000-4000-8000-000000000009';
    const queued = { promptId: id, commandId: id, origin: { type: 'person' }, content: [{ type: 'text', text: 'b' }] };
    receive(event(3, 'prompt_queued', queued));
    draw();
    const outcome = store.changeQueue({ action: 'remove', promptId: id });
    await settled();
    expect(sent[0]?.what).toContain('"queueVersion":1');
    receive(event(4, 'prompt_removed', { commandId: 'command 1', promptId: id, by: { type: 'person' } }));
    draw();
    expect(await outcome).toEqual({ state: 'done' });
  });

  it('knows when the last event came: of history by the host’s clock, of what it saw coming by its own', async () => {
    const { store, receive, draw } = await createRunning();
    expect(store.get().lastSignMs).toBe(Date.parse(at));
    receive(chunk(3, 'x'));
    draw();
    expect(store.get().lastSignMs).toBe(NOW);
  });

  it('keeps a prompt that was refused, to be sent again', async () => {
    const { store, sent } = await createRunning();
    store.send('too much');
    sent[0]?.settle({ state: 'refused', code: 'TOO_MANY', message: 'wait' });
    await settled();
    expect(store.get().refusals).toEqual([{ commandId: 'command 1', message: 'wait', content: 'too much' }]);
    store.dismiss('command 1');
    expect(store.get().refusals).toEqual([]);
  });

  it.each([
    ['SESSION_NOT_FOUND', 'missing'],
    ['SESSION_GONE', 'gone'],
    ['FORBIDDEN', 'failed'],
  ] as const)('shows %s as %s', async (code, phase) => {
    const { store, subscriptions, history } = createWire();
    store.open();
    await settled();
    subscriptions[0]?.onError?.(code, '');
    expect(store.get().phase).toBe(phase);
    const other = createWire();
    other.history.failWith = new KonuiError(code, '');
    other.store.open();
    await settled();
    expect(other.store.get().phase).toBe(phase);
    expect(history.asked).toBe(1);
  });
});
