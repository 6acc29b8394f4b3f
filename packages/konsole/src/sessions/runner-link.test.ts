import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DOORBELL_VERSION, newId, SessionId } from '@konui/protocol';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createTempHome } from '../testing/temp-home.ts';
import { connectToRunner, type RunnerLinkOptions } from './runner-link.ts';

const sessionId = newId(SessionId);
const hello = { type: 'hello', version: DOORBELL_VERSION, sessionId, pid: 1, epoch: 'e', lastSeq: 0 };

async function createRunnerSocket() {
  const socketPath = join(createTempHome().socketFolder, 'runner.sock');
  const connected = Promise.withResolvers<Socket>();
  const server = createServer((socket) => {
    onTestFinished(() => void socket.destroy());
    connected.resolve(socket);
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(() => void server.close());
  const onMessage = vi.fn<RunnerLinkOptions['onMessage']>();
  const onPong = vi.fn<() => void>();
  const onWarning = vi.fn<RunnerLinkOptions['onWarning']>();
  const link = await connectToRunner({ socketPath, onMessage, onPong, onWarning });
  if (link === undefined) throw new Error('nobody listens');
  onTestFinished(() => link.close());
  const socket = await connected.promise;
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  return {
    link,
    onMessage,
    onPong,
    onWarning,
    send: (message: unknown) => socket.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`),
    nextLine: async (): Promise<unknown> => JSON.parse(String((await lines.next()).value)),
    end: () => socket.end(),
    reset: () => socket.destroy(),
  };
}

it('finds nobody where nobody listens', async () => {
  const socketPath = join(createTempHome().socketFolder, 'nobody.sock');
  expect(await connectToRunner({ socketPath, onMessage() {}, onPong() {}, onWarning() {} })).toBeUndefined();
});

it('[BELL1] answers the hello with its own, rings, and passes doorbells on', async () => {
  const runner = await createRunnerSocket();
  runner.send(hello);
  expect(await runner.link.hello).toEqual(hello);
  expect(await runner.nextLine()).toEqual({ type: 'hello', version: DOORBELL_VERSION, pid: process.pid });
  runner.link.ring();
  expect(await runner.nextLine()).toEqual({ type: 'inbox_grew' });
  runner.send({ type: 'log_grew', seq: 7 });
  runner.end();
  await runner.link.closed;
  expect(runner.onMessage.mock.calls).toEqual([[{ type: 'log_grew', seq: 7 }]]);
});

it('[BELL1] rings no runner of another doorbell version, and says so once', async () => {
  const runner = await createRunnerSocket();
  runner.send({ ...hello, version: DOORBELL_VERSION + 1 });
  expect(await runner.link.hello).toMatchObject({ version: DOORBELL_VERSION + 1 });
  runner.link.ring();
  runner.send({ type: 'something_new' });
  runner.end();
  await runner.link.closed;
  expect(runner.onWarning).toHaveBeenCalledTimes(1);
  expect(runner.onMessage).not.toHaveBeenCalled();
});

it('survives lines that are no messages', async () => {
  const runner = await createRunnerSocket();
  runner.send(hello);
  runner.send('no json');
  runner.send('[]');
  runner.send({ type: 'log_grew', seq: 1 });
  runner.end();
  await runner.link.closed;
  expect(runner.onMessage).toHaveBeenCalledTimes(1);
  expect(runner.onWarning).toHaveBeenCalledTimes(2);
});

it('[BELL3] pings, and tells a pong from a doorbell', async () => {
  const runner = await createRunnerSocket();
  runner.send({ ...hello, answersPing: true });
  await runner.nextLine();
  runner.link.ping();
  expect(await runner.nextLine()).toEqual({ type: 'ping' });
  runner.send({ type: 'pong' });
  runner.end();
  await runner.link.closed;
  expect(runner.onPong).toHaveBeenCalledTimes(1);
  expect(runner.onMessage).not.toHaveBeenCalled();
});

it('has no hello from a runner that hangs up', async () => {
  const runner = await createRunnerSocket();
  runner.end();
  expect(await runner.link.hello).toBeUndefined();
});

it('survives a runner that is killed while it is rung', async () => {
  const runner = await createRunnerSocket();
  runner.send(hello);
  await runner.link.hello;
  runner.reset();
  for (let n = 0; n < 100; n++) runner.link.ring();
  await expect(runner.link.closed).resolves.toBeUndefined();
});
