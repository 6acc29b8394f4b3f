import { newId, PromptId, RequestId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { next, outputOf, useConsoleHarness } from '../testing/console-harness.ts';
import { range, reaches } from '../testing/harness.ts';

const harness = useConsoleHarness();

const png = new Uint8Array([137, 80, 78, 71]);
const images = [
  { attachment: 'a'.repeat(64), mimeType: 'image/png', byteLength: 4, url: '/a', follows: true },
  { attachment: 'b'.repeat(64), mimeType: 'image/png', byteLength: 99_999_999, url: '/b' },
];

describe('what a console hears', () => {
  it('[CON3] [A9] comes once and in order over broken sockets, which go on where the last one ended', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const { words, until } = outputOf(socket);
    for (const round of range(5)) {
      server.says(`${round}a`, `${round}b`);
      await until(`${round}b`);
      server.cut();
      await reaches(socket, 'waiting');
      server.says(`${round}c`);
      socket.retry();
      await until(`${round}c`);
    }
    expect(words).toEqual(range(5).flatMap((round) => [`${round}a`, `${round}b`, `${round}c`]));
    expect(server.queries.map((query) => query.get('after'))).toEqual([null, '2', '5', '8', '11', '14']);
    expect(server.queries.slice(1).every((query) => query.get('session') === server.sessionId)).toBe(true);
    expect(server.queries.slice(1).every((query) => query.get('epoch') === 'epoch-1')).toBe(true);
  });

  it('[CON3] [A9] goes on after a reload from the cursor of the page before', async () => {
    const { server } = harness();
    const before = await harness().connected();
    const first = outputOf(before);
    server.says('one', 'two');
    await first.until('two');
    const { cursor, sessionId } = before;
    before.close();
    server.says('three');
    if (sessionId === undefined || cursor === undefined) throw new Error('unreachable');
    const after = harness().create({ session: sessionId, after: cursor });
    const second = outputOf(after);
    after.connect();
    await second.until('three');
    expect([...first.words, ...second.words]).toEqual(['one', 'two', 'three']);
  });

  it('[CON3] is forgotten where the log became another one, and begins again', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const { words, until } = outputOf(socket);
    server.says('old');
    await until('old');
    server.cut();
    await reaches(socket, 'waiting');
    server.beginEpoch('epoch-2');
    server.says('new', 'newer');
    socket.retry();
    await until('newer');
    expect(words).toEqual(['new', 'newer']);
    expect(socket.cursor).toEqual({ seq: 2, epoch: 'epoch-2' });
  });

  it('[CON3] a cursor is not taken for one of the new log before it is known to fit', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const { until } = outputOf(socket);
    server.says('old');
    await until('old');
    server.cut();
    await reaches(socket, 'waiting');
    server.isSilent = true;
    socket.retry();
    await server.until(() => server.queries.length === 2);
    server.isSilent = false;
    server.send({ type: 'session', sessionId: server.sessionId, epoch: 'epoch-2', lastSeq: 9 });
    await reaches(socket, 'live');
    expect(socket.cursor).toEqual({ seq: 1, epoch: 'epoch-1' });
  });

  it('[CON4] [CON5] an open permission and the state now are told once, however often the server repeats them', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const requestId = newId(RequestId);
    const request = { type: 'permission_request' as const, requestId, toolCall: { toolCallId: 't' }, options: [] };
    const heard: string[] = [];
    socket.onMessage('permission_request', (message) => heard.push(message.requestId));
    socket.onMessage('status', ({ state }) => heard.push(state));
    const waiting = next(socket, 'status', ({ state }) => state === 'waiting');
    server.append((seq) => [{ ...request, seq }]);
    server.change('waiting');
    await waiting;
    await harness().reconnect(socket);
    server.send({ ...request, seq: 1 });
    server.says('end');
    await next(socket, 'output');
    expect(heard).toEqual([requestId, 'waiting']);
  });

  it('[CON10] has the bytes of an image beside the message that shows it, and not before they are all there', async () => {
    const { server } = harness();
    const socket = await harness().connected({ images: 'binary' });
    const heard: unknown[] = [];
    socket.onMessage('output', ({ content }, bytes) => heard.push([content, bytes]));
    const shown = { type: 'output', seq: 1, content: 'look', images };
    server.send(shown);
    server.socket.ping();
    await new Promise((resolve) => server.socket.once('pong', resolve));
    await harness().reconnect(socket);
    expect([heard, server.queries.at(-1)?.get('after')]).toEqual([[], '0']);
    expect(server.queries.at(-1)?.get('images')).toBe('binary');
    server.send(shown);
    server.socket.send(png);
    server.send({ type: 'output', seq: 2, content: 'end' });
    await next(socket, 'output', ({ content }) => content === 'end');
    expect(heard).toEqual([
      ['look', [png, undefined]],
      ['end', []],
    ]);
  });

  it('a message that this version does not know is no error, and a listener that throws keeps none from hearing', async () => {
    const { server } = harness();
    const thrown: unknown[] = [];
    const socket = await harness().connected({ onListenerError: (error) => thrown.push(error) });
    socket.onMessage('output', () => {
      throw new Error('mine');
    });
    const { words, until } = outputOf(socket);
    server.send({ type: 'weather', seq: 1 });
    server.socket.send('no JSON');
    server.says('hello');
    await until('hello');
    expect([words, thrown]).toEqual([['hello'], [new Error('mine')]]);
  });

  it('[CON6] a prompt of somebody else is told, with its origin', async () => {
    const { server } = harness();
    const socket = await harness().connected();
    const id = newId(PromptId);
    const told = next(socket, 'inject_prompt');
    server.append((seq) => [{ type: 'inject_prompt', seq, id, text: 'hi', origin: { type: 'inject', name: 'make' } }]);
    expect(await told).toMatchObject({ id, text: 'hi', origin: { type: 'inject', name: 'make' } });
  });
});
