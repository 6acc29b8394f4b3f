import { setTimeout as delay } from 'node:timers/promises';
import { GatewayFrame, newId, PromptId, RequestId, RunId, SessionId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import type { FrameClient } from '../../test-support/frame-client.ts';
import { useTestGateways } from '../../test-support/start-test-gateway.ts';

const startGateway = useTestGateways();

const chunk = (text: string) => ({ kind: 'agent_message_chunk', content: { type: 'text', text } });
const chunks = (count: number, size = 20) =>
  Array.from({ length: count }, (_, index) => chunk(`${index} ${'é'.repeat(size)}`));
const subscribe = (client: FrameClient, sessionId: SessionId, lastSeq = 0, epoch?: string) =>
  client.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq, epoch }] });

describe.each(['WebSocket', 'SSE and POST'])('over %s', (transport) => {
  const start = async (options?: Parameters<typeof startGateway>[0]) => {
    const gateway = await startGateway(options);
    const connect = (): Promise<FrameClient> =>
      transport === 'WebSocket' ? gateway.connect() : gateway.connectStream();
    return { ...gateway, connect };
  };

  it('[GW1] sends frames of its own that fit the protocol, and events byte for byte as they stand in the log', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    host.append(sessionId, [{ kind: 'new_kind', text: 'ü\u2028 "quoted"', nested: { a: [1, 2.5, null] } }]);
    const client = await connect();
    subscribe(client, sessionId);
    expect(await client.eventsUpTo(sessionId, 2)).toEqual(host.lines(sessionId));
    for (const { json } of client.frames)
      if (!('seq' in json) || !('at' in json)) expect(GatewayFrame.safeParse(json).error).toBeUndefined();
  });

  it('[GW5] answers a subscription with chat_subscribed, the missing events, chat_caught_up, and what follows', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    host.append(sessionId, chunks(9));
    const client = await connect();
    subscribe(client, sessionId, 4, 'epoch-1');
    await client.frame('chat_caught_up');
    host.append(sessionId, [chunk('live')]);
    expect(await client.eventsUpTo(sessionId, 7)).toEqual(host.lines(sessionId).slice(4));
    const kinds = client.frames.slice(1).map(({ json }) => json['kind']);
    expect(kinds.filter((kind) => kind !== 'agent_message_chunk' && kind !== 'server_notice')).toEqual([
      'chat_subscribed',
      'chat_caught_up',
    ]);
    expect(kinds.indexOf('chat_caught_up')).toBe(kinds.length - 2);
    expect(await client.frame('chat_subscribed')).toMatchObject({
      cursor: 'ok',
      epoch: 'epoch-1',
      lastSeq: 10,
      isProcessing: false,
      pendingPermissions: [],
    });
    expect(await client.frame('chat_caught_up')).toMatchObject({ sessionId, seq: 10 });
  });

  it('[GW5] tells of the open run and the open permissions (C5)', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    const [runId, requestId] = [newId(RunId), newId(RequestId)];
    host.append(sessionId, [
      { kind: 'run_started', runId, promptId: newId(PromptId) },
      { kind: 'permission_request', runId, requestId, toolCall: { toolCallId: 't' }, options: [] },
    ]);
    const client = await connect();
    subscribe(client, sessionId, 3);
    expect(await client.frame('chat_subscribed')).toMatchObject({
      isProcessing: true,
      pendingPermissions: [{ requestId }],
    });
  });

  it.each([
    ['ahead', 50, 'epoch-1'],
    ['ahead', 50, undefined],
    ['epoch_gone', 3, 'epoch-0'],
  ])('[GW5] begins at 1 when the verdict is %s', async (verdict, lastSeq, epoch) => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    host.append(sessionId, chunks(5));
    const client = await connect();
    subscribe(client, sessionId, lastSeq, epoch);
    expect(await client.eventsUpTo(sessionId, 6)).toEqual(host.lines(sessionId));
    expect(await client.frame('chat_subscribed')).toMatchObject({ cursor: verdict });
  });

  it('[GW5] accepts a cursor of an older epoch that lies before the next one', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    host.append(sessionId, [
      ...chunks(4),
      { kind: 'log_opened', epoch: 'epoch-2', bootId: 'b2', fromSeq: 6, format: 1 },
      ...chunks(2),
    ]);
    const client = await connect();
    subscribe(client, sessionId, 5, 'epoch-1');
    expect(await client.eventsUpTo(sessionId, 3)).toEqual(host.lines(sessionId).slice(5));
    expect(await client.frame('chat_subscribed')).toMatchObject({ cursor: 'ok', epoch: 'epoch-2' });
  });

  it('[GW5] replaces the cursor when a client subscribes again, and sends nothing after it unsubscribed', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    const other = newSession();
    host.append(sessionId, chunks(3));
    const client = await connect();
    subscribe(client, sessionId, 4);
    await client.frame('chat_caught_up');
    subscribe(client, sessionId, 0);
    expect(await client.eventsUpTo(sessionId, 4)).toEqual(host.lines(sessionId));
    client.send({ type: 'chat.unsubscribe', sessions: [{ sessionId }] });
    subscribe(client, other);
    await client.eventsUpTo(other, 1);
    host.append(sessionId, [chunk('unseen')]);
    host.append(other, [chunk('seen')]);
    await client.eventsUpTo(other, 2);
    expect(client.events(sessionId)).toHaveLength(4);
  });

  it('[GW5] answers each session that cannot be subscribed to with its own error', async () => {
    const { newSession, connect } = await start();
    const [known, unknown] = [newSession(), newId(SessionId)];
    const client = await connect();
    client.send({ type: 'chat.subscribe', sessions: [{ sessionId: unknown }, { sessionId: known }] });
    await client.frame('chat_caught_up', (frame) => frame['sessionId'] === known);
    expect(await client.frame('protocol_error')).toMatchObject({ code: 'SESSION_NOT_FOUND', sessionId: unknown });
  });

  it('[GW6] gives every subscriber everything: two sockets, and a third from 0, byte for byte', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    const [one, two, three] = [await connect(), await connect(), await connect()];
    subscribe(one, sessionId);
    subscribe(two, sessionId);
    await Promise.all([one.frame('chat_caught_up'), two.frame('chat_caught_up')]);
    for (let burst = 0; burst < 40; burst += 1) {
      host.append(sessionId, chunks(25, burst * 97));
      if (burst === 20) subscribe(three, sessionId);
      await delay(0);
    }
    host.append(sessionId, [
      {
        kind: 'complete',
        runId: newId(RunId),
        actualSessionId: sessionId,
        stopReason: 'end_turn',
        exitCode: 0,
        success: true,
        aborted: false,
      },
    ]);
    const total = host.lines(sessionId).length;
    for (const client of [one, two, three])
      expect(await client.eventsUpTo(sessionId, total)).toEqual(host.lines(sessionId));
    expect(host.requests.filter((request) => request.endsWith('/stream'))).toHaveLength(1);
    subscribe(three, sessionId, 0);
    expect(await three.eventsUpTo(sessionId, 2 * total)).toEqual([...host.lines(sessionId), ...host.lines(sessionId)]);
  });

  it('[GW6] goes on without a hole or a double when the host dies and comes back', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    const client = await connect();
    subscribe(client, sessionId);
    await client.frame('chat_caught_up');
    host.append(sessionId, chunks(3));
    await client.eventsUpTo(sessionId, 4);
    await host.die();
    await client.frame('server_notice', (frame) => frame['notice'] === 'host_unreachable');
    host.append(sessionId, chunks(5));
    client.send({ type: 'chat.abort', sessionId });
    expect(await client.frame('protocol_error')).toMatchObject({
      code: 'HOST_UNREACHABLE',
      retryable: true,
      sessionId,
    });
    await host.start();
    await client.frame('server_notice', (frame) => frame['notice'] === 'host_back');
    host.append(sessionId, chunks(2));
    expect(await client.eventsUpTo(sessionId, 11)).toEqual(host.lines(sessionId));
  });

  it('[GW5] sends a new chat_subscribed and the events from 1 when the log became another one meanwhile', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    const client = await connect();
    subscribe(client, sessionId);
    host.append(sessionId, chunks(5));
    await client.eventsUpTo(sessionId, 6);
    await host.die();
    host.replaceLog(sessionId, 'epoch-2', [chunk('other')]);
    await host.start();
    expect(await client.frame('chat_subscribed', (frame) => frame['cursor'] === 'epoch_gone')).toMatchObject({
      epoch: 'epoch-2',
      lastSeq: 2,
    });
    expect((await client.eventsUpTo(sessionId, 8)).slice(6)).toEqual(host.lines(sessionId));
    host.append(sessionId, [chunk('more')]);
    expect((await client.eventsUpTo(sessionId, 9)).slice(6)).toEqual(host.lines(sessionId));
  });

  it('[GW7] does not buffer for a socket that reads slowly, and catches it up when it reads again', async () => {
    const { host, newSession, connect } = await start();
    const sessionId = newSession();
    const [slow, quick] = [await connect(), await connect()];
    subscribe(slow, sessionId);
    subscribe(quick, sessionId);
    await Promise.all([slow.frame('chat_caught_up'), quick.frame('chat_caught_up')]);
    slow.pause();
    for (let burst = 0; burst < 20; burst += 1) {
      host.append(sessionId, chunks(100, 5000));
      await quick.eventsUpTo(sessionId, 1 + (burst + 1) * 100);
    }
    expect(slow.events(sessionId).length).toBeLessThan(2001);
    slow.resume();
    expect(await slow.eventsUpTo(sessionId, 2001)).toEqual(host.lines(sessionId));
    host.append(sessionId, [chunk('live again')]);
    expect((await slow.eventsUpTo(sessionId, 2002)).at(-1)).toBe(host.lines(sessionId).at(-1));
  });

  it('closes the stream of a session some time after its last reader left', async () => {
    const { host, newSession, connect } = await start({ lingerMs: 20 });
    const sessionId = newSession();
    const client = await connect();
    subscribe(client, sessionId);
    await client.frame('chat_caught_up');
    const untilOpen = async (count: number): Promise<void> => {
      while (host.openStreams !== count) await delay(1);
    };
    await untilOpen(1);
    client.close();
    await untilOpen(0);
  });

  it('refuses more subscriptions than a socket may have, and takes others after it unsubscribed', async () => {
    const { newSession, connect } = await start();
    const sessions = Array.from({ length: 100 }, () => ({ sessionId: newSession() }));
    const another = newSession();
    const client = await connect();
    client.send({ type: 'chat.subscribe', sessions });
    subscribe(client, another);
    expect(await client.frame('protocol_error')).toMatchObject({ code: 'TOO_MANY', sessionId: another });
    client.send({ type: 'chat.unsubscribe', sessions: sessions.slice(0, 1) });
    subscribe(client, another);
    await client.frame('chat_caught_up', ({ sessionId }) => sessionId === another);
  });
});
