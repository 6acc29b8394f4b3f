import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOORBELL_VERSION, newId, SessionId } from '@konui/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { readHello } from './read-hello.ts';

/** The path of a socket whose listener says these lines. */
async function listenAndSay(...lines: string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'konui-hello-'));
  const path = join(folder, 'runner.sock');
  const server = createServer((socket) => {
    // Whoever asked hangs up when it has its answer.
    socket.on('error', () => socket.destroy());
    for (const line of lines) socket.write(`${line}\n`);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return path;
}

const hello = { type: 'hello', sessionId: newId(SessionId), pid: 7, epoch: 'e', lastSeq: 0 };

it('[BELL3] reads the version of a runner, also of another one', async () => {
  const path = await listenAndSay(JSON.stringify({ ...hello, version: DOORBELL_VERSION + 1, news: true }));
  expect(await readHello(path)).toMatchObject({ version: DOORBELL_VERSION + 1, pid: 7 });
});

it('reads nothing where nobody listens, where it makes no sense, and where nothing is said', async () => {
  expect(await readHello('/nowhere/runner.sock')).toBeUndefined();
  expect(await readHello(await listenAndSay('no json'))).toBeUndefined();
  expect(await readHello(await listenAndSay())).toBeUndefined();
});
