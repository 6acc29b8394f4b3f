import { KonuiError } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import {
  at,
  chunk,
  createRunning,
  createWire,
  event,
  NOW,
  permission,
  PROMPT,
  prompt,
  REQUEST,
  RUN,
  runStarted,
  settled,
} from './testing/create-wire.ts';

describe('createConversationStore', () => {
  it('draws many events of one frame together', async () => {
    const { store, receive, draw } = await createRunning();
    let drawn = 0;
    store.subscribe(() => (drawn += 1));
    for (let seq = 3; seq < 100; seq++) receive(chunk(seq, 'x'));
    draw();
    expect(drawn).toBe(1);
    expect(store.get().conversation.lastSeq).toBe(99);
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

  it('stops what is only being started as soon as it has begun', async () => {
    const frame = { type: 'chat.send', sessionId: '', clientMessageId: PROMPT, content: 'hello' } as const;
    const accepted = {
      commandId: PROMPT,
      sessionId: '',
      type: 'chat.send',
      state: 'accepted',
      at: NOW,
      frame,
    } as const;
    const { store, subscriptions, sent, receive, draw } = createWire({ pending: [accepted] });
    store.open();
    await settled();
    subscriptions.at(-1)?.onCaughtUp?.();
    draw();
    store.stop();
    draw();
    expect(store.get().stopAskedFor).toBe(PROMPT);
    receive(prompt, runStarted);
    draw();
    draw();
    expect(sent.map(({ what }) => what)).toEqual([`abort ${RUN}`]);
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

  it('[C8] knows after a reload which question it has answered and not been able to send', async () => {
    const frame = { type: 'chat.permission-response', sessionId: '', requestId: REQUEST, commandId: PROMPT } as const;
    const kept = { commandId: PROMPT, sessionId: '', type: frame.type, state: 'waiting', at: NOW, frame } as const;
    const { store, sent, draw } = createWire({ log: [prompt, runStarted, permission], pending: [kept] });
    store.open();
    draw();
    await settled();
    draw();
    expect(store.get().conversation.pendingPermissions).toHaveLength(1);
    expect([...store.get().answering]).toEqual([REQUEST]);
    store.answer(REQUEST, 'no');
    expect(sent).toEqual([]);
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
