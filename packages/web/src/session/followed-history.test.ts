import { KonuiError } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import {
  createRunning,
  createWire,
  event,
  pageOf,
  prompt,
  PROMPT,
  RUN,
  runStarted,
  settled,
} from './testing/create-wire.ts';

describe('FollowedHistory', () => {
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
});
