import type { CommandOutcome, Connection, PendingCommand, SubscribeOptions } from '@konui/client';
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

/** A connection whose server is the test. */
function createWire() {
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
      return Object.assign(() => undefined, { cursor: () => ({ seq: 2, epoch: 'e1' }) });
    },
    send: (_, content) => handle(`send ${JSON.stringify(content)}`),
    abort: (_, options) => handle(`abort ${options?.runId}`),
    answerPermission: (_, requestId, choice) => handle(['answer', requestId, ...Object.values(choice)].join(' ')),
    answerElicitation: (_, requestId, reply) => handle(`reply ${requestId} ${reply.action}`),
    changeQueue: (_, change) => handle(`queue ${JSON.stringify(change)}`),
    pending: () => pending,
    onPendingChange: nothing,
    onFrame: nothing,
  };
  const draws: (() => void)[] = [];
  const store = createConversationStore(SESSION, {
    connection,
    now: () => NOW,
    schedule(draw) {
      draws.push(draw);
      return () => draws.splice(draws.indexOf(draw), 1);
    },
  });
  const draw = () => draws.splice(0).forEach((each) => each());
  return {
    store,
    subscriptions,
    sent,
    draw,
    receive: (...events: ReturnType<typeof event>[]) =>
      events.forEach((each) => subscriptions.at(-1)?.onEvent(each, JSON.stringify(each))),
  };
}

/** A session whose run is open and drawn. */
function createRunning() {
  const wire = createWire();
  wire.store.open();
  wire.receive(prompt, runStarted);
  wire.subscriptions.at(-1)?.onCaughtUp?.();
  wire.draw();
  return wire;
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('createConversationStore', () => {
  it('draws a history once, when all of it is there', () => {
    const { store, receive, subscriptions, draw } = createWire();
    store.open();
    draw();
    let drawn = 0;
    store.subscribe(() => (drawn += 1));
    receive(prompt, runStarted, chunk(3, 'a'), chunk(4, 'b'));
    draw();
    expect(drawn).toBe(0);
    subscriptions[0]?.onCaughtUp?.();
    draw();
    expect(drawn).toBe(1);
    expect(store.get()).toMatchObject({ phase: 'ready', conversation: { lastSeq: 4 } });
  });

  it('draws many events of one frame together', () => {
    const { store, receive, draw } = createRunning();
    let drawn = 0;
    store.subscribe(() => (drawn += 1));
    for (let seq = 3; seq < 100; seq++) receive(chunk(seq, 'x'));
    draw();
    expect(drawn).toBe(1);
    expect(store.get().conversation.lastSeq).toBe(99);
  });

  it('[A9] follows on from where it was when the page comes back to the session', () => {
    const { store, receive, subscriptions } = createWire();
    const close = store.open();
    receive(prompt, runStarted);
    close();
    store.open();
    expect(subscriptions.at(-1)?.from).toEqual({ seq: 2, epoch: 'e1' });
    expect(subscriptions).toHaveLength(2);
  });

  it('begins anew when the log is another one', () => {
    const { store, subscriptions, draw } = createRunning();
    subscriptions.at(-1)?.onReset?.();
    draw();
    expect(store.get()).toMatchObject({ phase: 'loading', conversation: { lastSeq: 0, items: [] } });
  });

  it('asks to stop a run once, by its id, and again only after a refusal', async () => {
    const { store, sent } = createRunning();
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
    const { store, sent, receive, draw } = createRunning();
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

  it('sends the reason along with an answer', () => {
    const { store, sent, receive, draw } = createRunning();
    receive(permission);
    draw();
    store.answer(REQUEST, 'no', 'use the other folder');
    expect(sent.map(({ what }) => what)).toEqual([`answer ${REQUEST} no use the other folder`]);
  });

  it('[ELI1] answers a question with a form once', () => {
    const { store, sent, receive, draw } = createRunning();
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
    const { store, receive, draw, sent } = createRunning();
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

  it('knows when the last event came: of history by the host’s clock, of what it saw coming by its own', () => {
    const { store, receive, draw } = createRunning();
    expect(store.get().lastSignMs).toBe(Date.parse(at));
    receive(chunk(3, 'x'));
    draw();
    expect(store.get().lastSignMs).toBe(NOW);
  });

  it('keeps a prompt that was refused, to be sent again', async () => {
    const { store, sent } = createRunning();
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
    ['TOO_MANY', 'failed'],
  ])('shows %s as %s', (code, phase) => {
    const { store, subscriptions } = createWire();
    store.open();
    subscriptions[0]?.onError?.(code, '');
    expect(store.get().phase).toBe(phase);
  });
});
