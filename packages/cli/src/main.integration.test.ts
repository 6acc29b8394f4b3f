import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { Command } from './testing/test-home.ts';

const MAIN = new URL('main.ts', import.meta.url).pathname;
const EXAMPLE = new URL('../../../examples/kontasks/', import.meta.url).pathname;

/** The command in a home where nothing runs. */
function konui(args: readonly string[], input = '') {
  const home = mkdtempSync(join(tmpdir(), 'konui-main-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const env = { PATH: process.env['PATH'], KONUI_HOME: home };
  const child = spawn(process.execPath, [MAIN, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  // A command that refuses its arguments is gone before it reads.
  child.stdin.on('error', () => undefined).end(input);
  return new Command(child).ended;
}

it.each([
  [['prompt', '--help'], 'konui prompt [<text>...] [-]\n'],
  [['kontask', '--help'], 'konui kontask import'],
  [['status', '--help'], 'konui status\n'],
])('konui %j prints its help on stdout and ends with 0', async (args, usage) => {
  expect(await konui(args)).toEqual({ code: 0, stdout: expect.stringContaining(usage), stderr: '' });
});

it('says in one line, with exit code 2, that an address is none', async () => {
  expect(await konui(['inject', 'x', '--url', 'foo', '--token', 't'])).toEqual({
    code: 2,
    stdout: '',
    stderr: expect.stringMatching(/^konui: --url must be an address [^\n]+\n$/),
  });
});

it.each([
  [['inject', 'x', '--url', 'foo', '--json'], 2, 'USAGE'],
  [['sessions', '--json', '--unheard'], 2, 'USAGE'],
  [['stop', '--json'], 2, 'USAGE'],
  [['sessions', '--json'], 3, 'NOT_RUNNING'],
  [['sessions', '--json', '--url', 'http://127.0.0.1:1', '--token', 't'], 3, 'HOST_UNREACHABLE'],
])('konui %j tells its error as JSON on stderr', async (args, code, error) => {
  const ended = await konui(args);
  expect(ended).toMatchObject({ code, stdout: '' });
  expect(JSON.parse(ended.stderr)).toEqual({ error: { code: error, message: expect.any(String) } });
});

it.each([[[]], [['-']]])('konui kontask import %j takes in what is piped in', async (words) => {
  const kontask = readFileSync(join(EXAMPLE, 'architecture.json'), 'utf8');
  const asked = Promise.withResolvers<string>();
  const server = createServer((request, answer) => {
    void text(request).then((body) => {
      asked.resolve(body);
      const told = { version: 1, isUnread: true, history: [], actions: [] };
      answer.end(JSON.stringify({ kontask: JSON.parse(body), ...told }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ended = await konui(['kontask', 'import', ...words, '--url', url, '--token', 't'], kontask);
  expect(ended).toEqual({ code: 0, stdout: `${JSON.parse(kontask).id}\n`, stderr: '' });
  expect(JSON.parse(await asked.promise)).toMatchObject({ id: JSON.parse(kontask).id });
});
