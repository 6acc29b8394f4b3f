import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChatSocket, openChatSocket, type RunningKonui, startKonui } from '@konui/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let konui: RunningKonui;
const sockets: ChatSocket[] = [];

beforeAll(async () => {
  konui = await startKonui();
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  await konui.close();
});

async function open(): Promise<ChatSocket> {
  const socket = await openChatSocket(konui.url, konui.token);
  sockets.push(socket);
  return socket;
}

async function call(
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(`${konui.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${konui.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function createSession(): Promise<string> {
  const { status, body } = await call('POST', '/api/providers/sessions', {
    provider: 'demo',
    projectPath: konui.project,
  });
  expect(status).toBe(201);
  return String(body['sessionId']);
}

const logOf = (sessionId: string): string[] =>
  readFileSync(join(konui.home, 'sessions', sessionId, 'log.ndjson'), 'utf8')
    .trimEnd()
    .split('\n');

describe('the whole, as a user starts it', () => {
  it('[GW6] gives two sockets everything, and a third from seq 0 the same bytes as the log', async () => {
    const sessionId = await createSession();
    const [first, second] = [await open(), await open()];
    for (const socket of [first, second])
      socket.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });
    first.send({ type: 'chat.send', sessionId, content: '/every 5 200' });
    const isComplete = (frame: { kind: string }): boolean => frame.kind === 'complete';
    await Promise.all([first.until(isComplete), second.until(isComplete)]);
    const third = await open();
    third.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });
    await third.until(isComplete);
    const log = logOf(sessionId);
    expect(log.length).toBeGreaterThan(100);
    for (const socket of [first, second, third]) expect(socket.eventsOf(sessionId)).toEqual(log);
  });

  it('[C4] goes on after a cursor in mid-stream, with nothing missing and nothing doubled', async () => {
    const sessionId = await createSession();
    const first = await open();
    first.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
    first.send({ type: 'chat.send', sessionId, content: '/every 5 300' });
    await first.until((frame) => frame['seq'] === 50);
    first.close();
    await first.closed;
    const seen = first.eventsOf(sessionId);
    const second = await open();
    second.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: seen.length }] });
    expect(await second.until((frame) => frame.kind === 'chat_subscribed')).toMatchObject({
      cursor: 'ok',
      isProcessing: true,
    });
    await second.until((frame) => frame.kind === 'complete');
    expect([...seen, ...second.eventsOf(sessionId)]).toEqual(logOf(sessionId));
  });

  it('survives kill -9 of konui in mid-stream: the run goes on, and a client sees it whole', async () => {
    const sessionId = await createSession();
    const before = await open();
    before.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
    before.send({ type: 'chat.send', sessionId, content: '/every 10 400' });
    await before.until((frame) => frame['seq'] === 40);
    const { konui: pid, runners } = await konui.pids();
    process.kill(pid, 'SIGKILL');
    await before.closed;
    const seen = before.eventsOf(sessionId);
    // The launcher starts it again, on the same port.
    const after = await retry(open);
    expect((await konui.pids()).runners).toEqual(runners);
    expect((await konui.pids()).konui).not.toBe(pid);
    after.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: seen.length }] });
    expect(await after.until((frame) => frame.kind === 'complete')).toMatchObject({ success: true });
    expect([...seen, ...after.eventsOf(sessionId)]).toEqual(logOf(sessionId));
  });

  it('survives kill -9 of konsole in mid-stream on the same socket', async () => {
    const sessionId = await createSession();
    const socket = await open();
    socket.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
    socket.send({ type: 'chat.send', sessionId, content: '/every 10 400' });
    await socket.until((frame) => frame['seq'] === 40);
    process.kill((await konui.pids()).konsole, 'SIGKILL');
    await socket.until((frame) => frame.kind === 'complete');
    expect(socket.eventsOf(sessionId)).toEqual(logOf(sessionId));
  });

  it('[EVT3] says that the run was interrupted when its runner is killed, and takes the next prompt', async () => {
    const sessionId = await createSession();
    const socket = await open();
    socket.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
    socket.send({ type: 'chat.send', sessionId, content: '/every 10 100000' });
    await socket.until((frame) => frame['seq'] === 40);
    const status = JSON.parse((await konui.command('status', '--json')).stdout) as {
      runners: { pid: number; sessionId: string }[];
    };
    const runner = status.runners.find((candidate) => candidate.sessionId === sessionId);
    expect(runner).toBeDefined();
    process.kill(runner?.pid ?? 0, 'SIGKILL');
    expect(await socket.until((frame) => frame.kind === 'complete')).toMatchObject({
      stopReason: 'interrupted',
      success: false,
    });
    socket.send({ type: 'chat.send', sessionId, content: '/stream 3' });
    await socket.until((frame) => frame.kind === 'complete' && frame['success'] === true);
    expect(socket.eventsOf(sessionId)).toEqual(logOf(sessionId));
  });

  it('[A16] restarts under a run that asks for it: the gateway comes back, that run goes on', async () => {
    const sessionId = await createSession();
    const socket = await open();
    socket.send({ type: 'chat.subscribe', sessions: [{ sessionId }] });
    const before = await konui.pids();
    const cli = new URL('../packages/cli/src/main.ts', import.meta.url).pathname;
    socket.send({
      type: 'chat.send',
      sessionId,
      content: `/run ${process.execPath} ${cli} restart --home ${konui.home}`,
    });
    const request = await socket.until((frame) => frame.kind === 'permission_request');
    socket.send({ type: 'chat.permission-response', sessionId, requestId: request['requestId'], allow: true });
    expect(await socket.closed).toBe(1012);
    const after = await retry(open);
    // The gateway may be back before its host: then the answer says that it is worth another try.
    await retry(async () => {
      const from = after.frames.length;
      after.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });
      const answer = await after.until(
        (frame) => after.frames.indexOf(frame) >= from && ['chat_subscribed', 'protocol_error'].includes(frame.kind),
      );
      if (answer.kind === 'protocol_error') throw new Error(String(answer['code']));
    });
    expect(await after.until((frame) => frame.kind === 'complete')).toMatchObject({ success: true });
    const pids = await konui.pids();
    expect(pids.konui).not.toBe(before.konui);
    expect(pids.konsole).not.toBe(before.konsole);
    expect(JSON.stringify(after.frames.filter(({ kind }) => kind === 'tool_call_update'))).toContain('Konui is ready');
  });

  it('answers bad input at the HTTP edge with a code, and nothing else breaks', async () => {
    const code = async (method: string, path: string, body?: unknown): Promise<unknown[]> => {
      const { status, body: answer } = await call(method, path, body);
      return [status, (answer['error'] as { code: string }).code];
    };
    const sessions = '/api/providers/sessions';
    expect(await code('POST', sessions, '{')).toEqual([400, 'INVALID_JSON']);
    expect(await code('POST', sessions, '[]')).toEqual([400, 'INVALID_MESSAGE']);
    expect(await code('POST', sessions, { provider: 'demo' })).toEqual([400, 'INVALID_MESSAGE']);
    expect(await code('POST', sessions, { provider: 'demo', projectPath: '/no/such/folder' })).toEqual([
      400,
      'PROJECT_NOT_FOUND',
    ]);
    expect(await code('POST', sessions, { provider: 'nobody', projectPath: konui.project })).toEqual([
      400,
      'UNSUPPORTED_PROVIDER',
    ]);
    expect(await code('GET', `${sessions}/7`)).toEqual([400, 'INVALID_MESSAGE']);
    expect(await code('GET', `${sessions}/0d09e50e-c0fb-45a0-8a55-aa4f97af46b2`)).toEqual([404, 'SESSION_NOT_FOUND']);
    expect(await code('GET', '/api/nothing')).toEqual([404, 'NOT_FOUND']);
    expect((await fetch(`${konui.url}/api/providers`)).status).toBe(401);
    expect((await call('GET', '/api/providers')).status).toBe(200);
  });

  it('keeps what it writes from everybody else', async () => {
    const { stdout } = await run('find', konui.home, '-perm', '/077', '!', '-type', 'l');
    expect(stdout).toBe('');
  });
});

async function retry<T>(attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await attempt();
    } catch {
      // The gateway is starting.
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function run(command: string, ...args: string[]): Promise<{ stdout: string }> {
  const { execFile } = await import('node:child_process');
  const { promisify } = await import('node:util');
  return promisify(execFile)(command, args);
}
