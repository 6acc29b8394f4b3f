import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openChatSocket, type RunningKonui, startKonui } from '@konui/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const EXAMPLES = join(import.meta.dirname, '../examples');

let konui: RunningKonui;
let sessionId: string;

beforeAll(async () => {
  konui = await startKonui();
  const { stdout } = await konui.command(
    'prompt',
    '--agent',
    'demo',
    '--project',
    konui.project,
    '--detach',
    '--json',
    '/stream 1',
  );
  ({ sessionId } = JSON.parse(stdout));
});
afterAll(() => konui.close());

async function run(command: string, args: readonly string[], { input = '', env = {}, cwd = EXAMPLES } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, KONUI_URL: konui.url, KONUI_TOKEN: konui.token, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text));
  child.stdin.on('error', () => undefined).end(input);
  await once(child, 'close');
  return { code: child.exitCode, ...texts };
}

/** What the session was asked, or will be, once it holds this. */
async function promptWith(text: string): Promise<Record<string, unknown>> {
  const socket = await openChatSocket(konui.url, konui.token);
  socket.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });
  const prompt = await socket.until((frame) => frame.kind.startsWith('prompt') && JSON.stringify(frame).includes(text));
  socket.close();
  return prompt;
}

describe('an example that the README names', () => {
  it('A13: asks over the console socket and prints the answer', async () => {
    const { code, stdout, stderr } = await run(process.execPath, ['console-client.mjs', '/picture']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const said = await run(process.execPath, ['console-client.mjs', '/unknown']);
    expect(said.stdout).toContain('I sent an update of an unknown kind.');
    expect(stdout).not.toContain('undefined');
  });

  it('A5: sends pictures over the console socket, and saves those of the answer', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'konui-test-'));
    try {
      const ask = (...args: string[]) =>
        run(process.execPath, [join(EXAMPLES, 'console-pictures.mjs'), ...args], { cwd });
      expect(await ask('/picture')).toMatchObject({ code: 0, stderr: '' });
      const [picture = '', ...others] = readdirSync(cwd);
      expect(others).toEqual([]);
      const { length } = readFileSync(join(cwd, picture));
      const { stdout, stderr } = await ask('/stream 1', picture);
      expect(stderr).toBe('');
      expect(stdout).toContain(`I got an image (image/png) of ${length} bytes.`);
    } finally {
      rmSync(cwd, { recursive: true, force: true });
    }
  });

  it('says that it may not, where the token is wrong', async () => {
    const { code, stdout, stderr } = await run(process.execPath, ['console-client.mjs', 'hi'], {
      env: { KONUI_TOKEN: 'x' },
    });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^closed: \d+ .*\n$/);
  });

  it('A11: tells the agent of a full disk once, from a shell', async () => {
    const { code, stdout, stderr } = await run('sh', ['telemetry.sh', '0']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ sessionId });
    expect(await promptWith('The disk is')).toMatchObject({ origin: { type: 'inject', name: 'disk watch' } });
    expect(await run('sh', ['telemetry.sh', '101'])).toEqual({ code: 0, stdout: '', stderr: '' });
    const refused = await run('sh', ['telemetry.sh', '0'], { env: { KONUI_TOKEN: 'x' } });
    expect(refused).toMatchObject({ code: 22, stdout: '' });
  });

  it('A11: tells the agent of errors in a log, each kind once, from Python', async () => {
    const input = '12:01 started\n12:02 ERROR no route 17\n12:03 ERROR no route 18\n12:04 ERROR disk\n';
    const { code, stdout, stderr } = await run('python3', ['telemetry.py', 'ERROR'], { input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.trim().split('\n')).toHaveLength(2);
    expect(await promptWith('no route 17')).toMatchObject({ origin: { type: 'inject', name: 'log watch' } });
  });

  it('stands in the README of the examples, and the client has at most ten lines of code', () => {
    const readme = readFileSync(join(EXAMPLES, 'README.md'), 'utf8');
    for (const name of ['console-client.mjs', 'console-pictures.mjs', 'telemetry.sh', 'telemetry.py'])
      expect(readme).toContain(`(${name})`);
    const lines = readFileSync(join(EXAMPLES, 'console-client.mjs'), 'utf8').trim().split('\n');
    expect(lines.filter((line) => !line.startsWith('//')).length).toBeLessThanOrEqual(10);
  });
});
