import { LIMITS, newId, PromptId, RequestId, RunId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { next, useConsoleHarness } from '../testing/console-harness.ts';
import { reaches } from '../testing/harness.ts';

const harness = useConsoleHarness();

const accepted = { state: 'accepted' };
const png = (byte: number) => new Uint8Array([137, 80, 78, 71, byte]);

describe('what a console is asked for', () => {
  it('[CON6] a prompt is settled when the session has it, and does not come back', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const echoes: unknown[] = [];
    socket.onMessage('inject_prompt', (message) => echoes.push(message));
    const { commandId, settled } = socket.prompt('hello');
    expect(socket.pending()).toMatchObject([{ commandId, isSent: true, message: { text: 'hello' } }]);
    expect(await settled).toEqual(accepted);
    expect([socket.pending(), echoes]).toEqual([[], []]);
    expect(server.receivedOf('prompt')).toMatchObject([{ id: commandId, text: 'hello' }]);
  });

  it('[CMD1] [A9] a prompt whose answer was lost is sent again under its id only if the session does not have it', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const echoes: unknown[] = [];
    socket.onMessage('inject_prompt', (message) => echoes.push(message));
    server.onReceived = () => 'do_and_cut';
    const done = socket.prompt('done, but nobody heard of it');
    await reaches(socket, 'waiting');
    server.onReceived = () => 'ignore';
    await harness().reconnect(socket);
    expect(await done.settled).toEqual(accepted);
    const lost = socket.prompt('lost on the way');
    await server.until(() => server.receivedOf('prompt').length === 2);
    server.onReceived = () => 'do';
    await harness().reconnect(socket);
    expect(await lost.settled).toEqual(accepted);
    const ids = server.receivedOf('prompt').map(({ id, socket: number }) => [id, number]);
    expect(ids).toEqual([
      [done.commandId, 1],
      [lost.commandId, 2],
      [lost.commandId, 3],
    ]);
    expect(echoes).toEqual([]);
  });

  it('[CMD1] a prompt that the session had long ago is settled too, and not done again', async () => {
    const { server } = harness();
    const { commandId } = (await harness().connected()).prompt('once');
    await server.until(() => server.lastSeq === 2);
    const later = await harness().connected();
    expect(await later.prompt('once', { id: commandId }).settled).toEqual(accepted);
    expect(server.lastSeq).toBe(2);
  });

  it('[CON6] a prompt that was accepted does not come back as somebody else’s over the next socket', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const echoes: unknown[] = [];
    socket.onMessage('inject_prompt', ({ text }) => echoes.push(text));
    server.onReceived = () => 'ignore';
    const { commandId: id, settled } = socket.prompt('mine');
    await server.until(() => server.receivedOf('prompt').length === 1);
    server.send({ type: 'accepted', id });
    expect(await settled).toEqual(accepted);
    server.cut();
    await reaches(socket, 'waiting');
    const origin = { type: 'person' } as const;
    server.append((seq) => [{ type: 'inject_prompt', seq, id: PromptId.parse(id), text: 'mine', origin }], id);
    server.says('end');
    const end = next(socket, 'output');
    socket.retry();
    await end;
    expect(echoes).toEqual([]);
    expect(server.receivedOf('prompt')).toHaveLength(1);
  });

  it('prompts that were asked for without a connection go in their order when there is one', async () => {
    const { server } = harness();
    const socket = harness().create();
    const handles = ['one', 'two', 'three'].map((text) => socket.prompt(text));
    socket.connect();
    for (const { settled } of handles) expect(await settled).toEqual(accepted);
    expect(server.receivedOf('prompt').map(({ text }) => text)).toEqual(['one', 'two', 'three']);
  });

  it('[CON7] what cannot be done now is tried again, and what cannot be done at all is refused', async () => {
    const { server, clock } = harness();
    const socket = await harness().connected();
    const errors: unknown[] = [];
    socket.onMessage('error', (error) => errors.push(error));
    server.onReceived = () => ({ code: 'HOST_UNREACHABLE', retryable: true });
    const one = socket.prompt('one');
    const failed = new Promise<void>((resolve) => {
      socket.onPendingChange(() => socket.pending()[0]?.lastError !== undefined && resolve());
    });
    await failed;
    const two = socket.prompt('two');
    expect(socket.pending().map(({ isSent }) => isSent)).toEqual([false, false]);
    server.onReceived = (message) =>
      message.type === 'prompt' && message.text === 'two' ? { code: 'SESSION_GONE', retryable: false } : 'do';
    clock.advance(1_000);
    expect(await one.settled).toEqual(accepted);
    clock.advance(1_000);
    expect(await two.settled).toEqual({ state: 'refused', code: 'SESSION_GONE', message: 'SESSION_GONE' });
    expect(server.receivedOf('prompt').map(({ text }) => text)).toEqual(['one', 'one', 'two']);
    expect(errors).toEqual([]);
  });

  it('[CON2] without a session every command gets the reason', async () => {
    const { server } = harness();
    server.refusal = { code: 'SESSION_NOT_FOUND', retryable: false };
    server.onReceived = () => ({ code: 'SESSION_NOT_FOUND', retryable: false });
    const socket = harness().create();
    const told = next(socket, 'error');
    const { settled } = socket.prompt('hello');
    socket.connect();
    expect(await told).toMatchObject({ code: 'SESSION_NOT_FOUND' });
    expect(await settled).toMatchObject({ state: 'refused', code: 'SESSION_NOT_FOUND' });
  });

  it('[C7] a permission’s answer is sent again until it is known that the permission is closed', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const requestId = newId(RequestId);
    server.onReceived = () => 'ignore';
    const { settled } = socket.permission(requestId, { allow: true });
    socket.permission(requestId, { allow: false });
    await server.until(() => server.receivedOf('permission').length === 1);
    server.onReceived = () => 'do';
    await harness().reconnect(socket);
    expect(await settled).toEqual(accepted);
    expect(server.receivedOf('permission').map(({ allow }) => allow)).toEqual([true, true]);
    server.onReceived = () => ({ code: 'PERMISSION_NOT_FOUND', retryable: false });
    const late = socket.permission(requestId, { optionId: 'yes' });
    expect(await late.settled).toMatchObject({ state: 'refused', code: 'PERMISSION_NOT_FOUND' });
  });

  it('[A10] a stop is settled when the run has ended, also when it ended while the line was broken', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    server.onReceived = () => 'ignore';
    const stop = socket.cancel();
    await server.until(() => server.receivedOf('cancel').length === 1);
    server.cut();
    await reaches(socket, 'waiting');
    server.append((seq) => [
      {
        type: 'complete',
        seq,
        runId: 'r',
        actualSessionId: server.sessionId,
        stopReason: 'cancelled',
        exitCode: 0,
        success: false,
        aborted: true,
      },
    ]);
    socket.retry();
    expect(await stop.settled).toEqual(accepted);
    expect(server.receivedOf('cancel')).toHaveLength(1);
    server.onReceived = () => ({ code: 'NO_ACTIVE_RUN', retryable: false });
    expect(await socket.cancel().settled).toMatchObject({ state: 'refused', code: 'NO_ACTIVE_RUN' });
  });

  it('[A10] a stop names the run that it heard of, so that a late one stops no other', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const runId = newId(RunId);
    const started = next(socket, 'status');
    server.append((seq) => [{ type: 'status', seq, state: 'working', id: newId(PromptId), runId }]);
    await started;
    void socket.cancel();
    await server.until(() => server.receivedOf('cancel').length === 1);
    expect(server.receivedOf('cancel')).toMatchObject([{ runId }]);
  });

  it('[A10] a stop that could not be sent for a minute is dropped: by then it could end another run', async () => {
    const { server, clock } = harness();
    const socket = harness().create();
    const stop = socket.cancel();
    clock.advance(60_000);
    expect(await stop.settled).toMatchObject({ state: 'dropped', reason: 'expired' });
    const session = next(socket, 'status');
    socket.connect();
    await session;
    expect(server.receivedOf('cancel')).toEqual([]);
  });

  it('[INJ2] an inject has a key, so that it is done once however often it is sent', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    server.onReceived = () => 'ignore';
    const { commandId, settled } = socket.inject('3 tests failed', { origin: 'make', policy: 'steer' });
    await server.until(() => server.receivedOf('inject').length === 1);
    server.onReceived = () => 'do';
    await harness().reconnect(socket);
    expect(await settled).toEqual(accepted);
    const sent = { text: '3 tests failed', origin: 'make', policy: 'steer', idempotencyKey: commandId };
    expect(server.receivedOf('inject')).toMatchObject([sent, sent]);
  });

  it('[CON9] images go as bytes before their prompt; those that the server has stored are named the next time', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    server.onReceived = () => 'ignore';
    const { settled } = socket.prompt('look', { images: [png(1), png(2)] });
    await server.until(() => server.receivedOf('prompt').length === 1);
    const stored = new Promise<void>((resolve) => {
      socket.onMessage('output', () => resolve());
    });
    server.says('the images are stored by now');
    await stored;
    server.onReceived = () => 'do';
    await harness().reconnect(socket);
    expect(await settled).toEqual(accepted);
    expect(server.images.map(({ bytes }) => [...bytes])).toEqual([[...png(1)], [...png(2)]]);
    const named = [{ attachment: expect.stringMatching(/01$/) }, { attachment: expect.stringMatching(/02$/) }];
    expect(server.receivedOf('prompt').map((prompt) => prompt.images)).toEqual([undefined, named]);
  });

  it('what the server would not take is refused at once', async () => {
    const socket = harness().create();
    const tooLarge = new Uint8Array(LIMITS.maxImageBytes + 1);
    const outcomes = [
      socket.prompt(''),
      socket.prompt('x', { id: 'no UUID' }),
      socket.prompt('x', { images: [tooLarge] }),
      socket.permission(newId(RequestId), {}),
    ].map(({ settled }) => settled);
    const codes = (await Promise.all(outcomes)).map((outcome) => (outcome.state === 'refused' ? outcome.code : ''));
    expect(codes).toEqual(['INVALID_MESSAGE', 'INVALID_MESSAGE', 'ATTACHMENT_TOO_LARGE', 'INVALID_MESSAGE']);
  });

  it('[GW14] a message for which the server closes is refused, not sent for ever', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    server.onReceived = () => 'ignore';
    const { settled } = socket.prompt('large');
    await server.until(() => server.receivedOf('prompt').length === 1);
    server.socket.close(1009);
    expect(await settled).toMatchObject({ state: 'refused', code: 'FRAME_TOO_LARGE' });
  });
});
