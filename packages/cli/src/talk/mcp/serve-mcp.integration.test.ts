import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { homePaths } from '@konui/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { identifyProcess } from '../../processes/process-identity.ts';

const MAIN = new URL('../../main.ts', import.meta.url).pathname;

/** A gateway that answers when it is let. */
async function startGateway() {
  const asked = Promise.withResolvers<Record<string, unknown>>();
  const release = Promise.withResolvers<void>();
  const server = createServer((request, answer) => {
    const { authorization, 'konui-acting-as': actingAs } = request.headers;
    asked.resolve({ url: request.url, actingAs, authorization });
    void release.promise.then(() =>
      answer.end(JSON.stringify({ kontasks: [], nextCursor: null, total: 0, unread: 0 })),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const die = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { url, asked: asked.promise, release: release.resolve, die };
}

function startTools(url: string, where: readonly string[] = ['--url', url]) {
  const args = [MAIN, 'mcp', ...where, '--token', 't', '--provider', 'codex'];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const send = (message: object): void => void child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'test', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
  send({ method: 'notifications/initialized' });
  const answers = (): { id: number; result: Record<string, unknown> }[] =>
    stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  return { child, send, answers, ended: once(child, 'close') };
}

it('[KON9] answers what was called before its input ended, and leaves', async () => {
  const gateway = await startGateway();
  const { child, send, answers, ended } = startTools(gateway.url);
  send({ id: 2, method: 'tools/call', params: { name: 'kontask_list_requests', arguments: {} } });
  child.stdin.end();
  expect(await gateway.asked).toEqual({
    url: expect.stringMatching(/^\/api\/kontasks\?.*targetUser=codex/),
    actingAs: 'codex',
    authorization: 'Bearer t',
  });
  gateway.release();
  await ended;
  expect(child.exitCode).toBe(0);
  expect(answers().find(({ id }) => id === 2)?.result).toEqual({ content: [{ type: 'text', text: '[]' }] });
});

it('[KON9] leaves at once where nothing is open, or what was called is taken back', async () => {
  const gateway = await startGateway();
  const idle = startTools(gateway.url);
  idle.child.stdin.end();
  await idle.ended;
  expect(idle.child.exitCode).toBe(0);
  const { child, send, ended } = startTools(gateway.url);
  send({ id: 2, method: 'tools/call', params: { name: 'kontask_list_requests', arguments: {} } });
  await gateway.asked;
  send({ method: 'notifications/cancelled', params: { requestId: 2 } });
  child.stdin.end();
  await ended;
  expect(child.exitCode).toBe(0);
});

it('[KON9] says which tools only leave records, so that agents need not ask', async () => {
  const { url } = await startGateway();
  const { child, send, answers, ended } = startTools(url);
  send({ id: 2, method: 'tools/list' });
  child.stdin.end();
  await ended;
  const tools = answers().find(({ id }) => id === 2)?.result['tools'] as { name: string; annotations?: object }[];
  expect(Object.fromEntries(tools.map(({ name, annotations }) => [name, annotations !== undefined]))).toEqual({
    kontask_create: true,
    kontask_list_requests: true,
    kontask_claim: true,
    kontask_update: true,
    kontask_complete: true,
    inject_prompt: false,
  });
});

/** A home without processes, and how a gateway writes itself down in it. */
function useHome() {
  const home = mkdtempSync(join(tmpdir(), 'konui-mcp-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const paths = homePaths(home, { uid: process.getuid?.() ?? 0 });
  mkdirSync(dirname(paths.gatewayFile), { recursive: true });
  const record = (url: string): void => {
    const { port } = new URL(url);
    const place = { url, host: '127.0.0.1', port: Number(port), version: '1', args: [] };
    writeFileSync(paths.gatewayFile, JSON.stringify({ ...identifyProcess(process.pid), ...place }));
  };
  return { home, record };
}

it('[KON9] is there before a gateway is, and answers what was called as soon as one runs', async () => {
  const { home, record } = useHome();
  const { child, send, answers, ended } = startTools('', ['--home', home]);
  send({ id: 2, method: 'tools/call', params: { name: 'kontask_list_requests', arguments: {} } });
  await once(child.stdout, 'data');
  expect(answers().map(({ id }) => id)).toEqual([1]);
  const gateway = await startGateway();
  record(gateway.url);
  expect(await gateway.asked).toMatchObject({ actingAs: 'codex', authorization: 'Bearer t' });
  gateway.release();
  child.stdin.end();
  await ended;
  expect(answers().find(({ id }) => id === 2)?.result).toEqual({ content: [{ type: 'text', text: '[]' }] });
});

it('[KON9] finds the gateway again that was started on another port, also for what the old one left unanswered', async () => {
  const { home, record } = useHome();
  const first = await startGateway();
  record(first.url);
  const { child, send, answers, ended } = startTools(first.url, ['--home', home]);
  send({ id: 2, method: 'tools/call', params: { name: 'kontask_list_requests', arguments: {} } });
  await first.asked;
  const second = await startGateway();
  record(second.url);
  await first.die();
  await second.asked;
  second.release();
  child.stdin.end();
  await ended;
  expect(answers().find(({ id }) => id === 2)?.result).toEqual({ content: [{ type: 'text', text: '[]' }] });
});
