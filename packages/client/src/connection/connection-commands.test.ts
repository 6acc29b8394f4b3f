import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMemoryStorage } from '../outbox/outbox-storage.ts';
import { Harness, reaches, S, watch } from '../testing/harness.ts';

let harness: Harness;
beforeEach(async () => {
  harness = await Harness.start();
});
afterEach(() => harness.stop());

describe('commands', () => {
  it('[CMD1] a prompt whose acknowledgement was lost is sent again with the same id and done once', async () => {
    harness.gateway.onCommand = () => 'lose_ack';
    const connection = await harness.connected();
    const handle = connection.send(S, 'hello');
    await harness.gateway.until(() => harness.gateway.framesOf('chat.send').length === 1);
    harness.gateway.onCommand = () => 'accept';
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    expect(connection.pending(S)).toMatchObject([{ commandId: handle.commandId, state: 'waiting' }]);
    connection.retry();
    expect(await handle.settled).toEqual({ state: 'accepted' });
    expect(harness.gateway.framesOf('chat.send').map((frame) => frame.clientMessageId)).toEqual([
      handle.commandId,
      handle.commandId,
    ]);
    expect(harness.gateway.log(S)).toHaveLength(1);
    expect(connection.pending()).toEqual([]);
  });

  it('[CMD1] the event that quotes a command settles it without an acknowledgement', async () => {
    harness.gateway.onCommand = () => 'lose_ack';
    const connection = await harness.connected();
    const page = watch(connection);
    const handle = connection.send(S, 'hello');
    expect(await handle.settled).toEqual({ state: 'accepted' });
    await page.until(1);
  });

  it('[C8] an accepted prompt stays pending until its event is here', async () => {
    const connection = await harness.connected();
    const page = watch(connection);
    await page.caughtUp;
    const seen: string[] = [];
    connection.onPendingChange(() =>
      seen.push(
        connection
          .pending(S)
          .map(({ state }) => state)
          .join(),
      ),
    );
    await connection.send(S, 'hello').settled;
    await page.until(1);
    expect(seen).toEqual(['waiting', 'sent', 'accepted', '']);
  });

  it('[C8] prompts survive a reload, in order, also identical ones', async () => {
    const storage = createMemoryStorage();
    const before = harness.create({ storage });
    const ids = ['one', 'two', 'two'].map((text) => before.send(S, text).commandId);
    before.close();
    const after = await harness.connected({ storage });
    expect(after.pending(S).map(({ commandId }) => commandId)).toEqual(ids);
    await harness.gateway.until(() => harness.gateway.framesOf('chat.send').length === 3);
    expect(harness.gateway.framesOf('chat.send').map((frame) => frame.clientMessageId)).toEqual(ids);
    const { promise, resolve } = Promise.withResolvers<void>();
    after.onPendingChange(() => after.pending().length === 0 && resolve());
    if (after.pending().length > 0) await promise;
    expect(storage.length).toBe(0);
  });

  it('[GW13] a refused command says why; one that may be retried is', async () => {
    const connection = await harness.connected();
    harness.gateway.onCommand = () => ({ code: 'SESSION_GONE', retryable: false });
    expect(await connection.send(S, 'hello').settled).toEqual({
      state: 'refused',
      code: 'SESSION_GONE',
      message: 'SESSION_GONE',
    });
    harness.gateway.onCommand = () => ({ code: 'HOST_UNREACHABLE', retryable: true });
    const { promise, resolve } = Promise.withResolvers<void>();
    connection.onPendingChange(() => connection.pending(S)[0]?.lastError !== undefined && resolve());
    const handle = connection.send(S, 'again');
    await promise;
    harness.gateway.onCommand = () => 'accept';
    harness.clock.advance(1_000);
    expect(await handle.settled).toEqual({ state: 'accepted' });
  });

  it('[QUE1] changes of the queue and answers to questions are sent until acknowledged, the changes in order', async () => {
    harness.gateway.onCommand = () => 'lose_ack';
    const connection = await harness.connected();
    const promptId = '00000000-0000-4000-8000-000000000002';
    const edit = { action: 'edit', promptId, queueVersion: 3, content: 'else' } as const;
    const handles = [
      connection.changeQueue(S, edit),
      connection.changeQueue(S, { action: 'resume' }),
      connection.answerElicitation(S, promptId, { action: 'accept', content: { colour: 'red' } }),
    ];
    await harness.gateway.until(() => harness.gateway.framesOf('chat.elicitation-response').length === 1);
    expect(harness.gateway.framesOf('chat.queue')).toHaveLength(1);
    harness.gateway.onCommand = () => 'accept';
    harness.gateway.cut();
    await reaches(connection, 'waiting');
    connection.retry();
    for (const { settled } of handles) expect(await settled).toEqual({ state: 'accepted' });
    expect(harness.gateway.framesOf('chat.queue').map(({ commandId, change }) => [commandId, change.action])).toEqual([
      [handles[0]?.commandId, 'edit'],
      [handles[0]?.commandId, 'edit'],
      [handles[1]?.commandId, 'resume'],
    ]);
    expect(harness.gateway.framesOf('chat.elicitation-response')).toMatchObject([
      { commandId: handles[2]?.commandId },
      { commandId: handles[2]?.commandId, requestId: promptId, action: 'accept', content: { colour: 'red' } },
    ]);
  });

  it('[CMD6] a stop names the run that is known to be open', async () => {
    harness.gateway.beginEpoch(S, 'e1');
    const runId = '00000000-0000-4000-8000-000000000001';
    harness.gateway.append(S, { kind: 'run_started', runId, promptId: runId });
    const connection = await harness.connected();
    await watch(connection).caughtUp;
    await connection.abort(S).settled;
    expect(harness.gateway.framesOf('chat.abort')[0]?.runId).toBe(runId);
  });

  it('[CMD6] a stop without a run that could not be sent for a minute is dropped with its reason', async () => {
    const connection = harness.create();
    const handle = connection.abort(S);
    harness.clock.advance(60_000);
    expect(await handle.settled).toMatchObject({ state: 'dropped', reason: 'expired' });
    expect(connection.pending()).toEqual([]);
  });

  it('a message larger than the server takes is refused at once', async () => {
    const connection = await harness.connected();
    expect(await connection.send(S, 'x'.repeat(1_000_001)).settled).toMatchObject({
      state: 'refused',
      code: 'FRAME_TOO_LARGE',
    });
  });

  it('a message too large to survive a reload is sent all the same, and says so', () => {
    const connection = harness.create();
    connection.send(S, 'x'.repeat(4 * 1024 * 1024));
    expect(connection.pending(S)[0]?.storageError?.code).toBe('STORAGE_FULL');
  });
});

describe('choices', () => {
  it('[OPT4] a choice reaches the host before the prompt that follows it, and stays pending until its event is here', async () => {
    harness.gateway.onCommand = (frame) => (frame.type === 'chat.configure' ? 'lose_ack' : 'accept');
    const connection = await harness.connected();
    const option = { type: 'mode', modeId: 'plan' } as const;
    const choice = connection.configure(S, option);
    connection.send(S, 'go');
    await harness.gateway.until(() => harness.gateway.framesOf('chat.configure').length === 1);
    expect(harness.gateway.framesOf('chat.configure')).toMatchObject([{ commandId: choice.commandId, option }]);
    expect(harness.gateway.framesOf('chat.send')).toEqual([]);
    expect(connection.pending(S).map(({ type }) => type)).toEqual(['chat.configure', 'chat.send']);
  });

  it('[OPT1] prepare is a command with an id', async () => {
    const connection = await harness.connected();
    const handle = connection.prepare(S);
    expect(await handle.settled).toEqual({ state: 'accepted' });
    expect(harness.gateway.framesOf('chat.prepare')).toMatchObject([{ commandId: handle.commandId, sessionId: S }]);
  });
});
