import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openChatSocket, type RunningKonui, startKonui } from '@konui/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CommandOptions, startCommand, type StartedCommand } from './run-command.ts';

type Fields = Readonly<Record<string, unknown>>;

const ENDLESS = '/every 50 100000';
/** Goes on until somebody allows it. */
const WAITING = '/run true';
const NOTHING = { code: null, stdout: '', stderr: '' };
const EXAMPLES = join(import.meta.dirname, '../examples/kontasks');

let konui: RunningKonui;
const started: StartedCommand[] = [];

beforeAll(async () => {
  konui = await startKonui();
});
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await konui.close();
});

const start = (args: readonly string[], options?: CommandOptions): StartedCommand => {
  const command = startCommand(konui, args, options);
  started.push(command);
  return command;
};
const run = (args: readonly string[], options?: CommandOptions) => start(args, options).ended;
const json = async (args: readonly string[], options?: CommandOptions) => {
  const { code, stdout, stderr } = await run([...args, '--json'], options);
  if (code !== 0) throw new Error(`konui ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
};
const logText = (sessionId: string): string =>
  readFileSync(join(konui.home, 'sessions', sessionId, 'log.ndjson'), 'utf8');
const eventsOf = (sessionId: string): Fields[] =>
  logText(sessionId)
    .split('\n')
    .filter((line) => line.endsWith('}'))
    .map((line) => JSON.parse(line));
const kindsOf = (sessionId: string, kind: string): Fields[] => eventsOf(sessionId).filter((each) => each.kind === kind);

/** A session with the demo agent, once the first prompt shows this. */
async function newSession(prompt = '/stream 1', until = 'complete'): Promise<string> {
  const { sessionId } = await json(['prompt', '--agent', 'demo', '--detach', prompt]);
  await expect.poll(() => kindsOf(sessionId, until).length).toBeGreaterThan(0);
  return sessionId;
}
/** Lets the run of a waiting session end. */
async function allow(sessionId: string): Promise<void> {
  const socket = await openChatSocket(konui.url, konui.token);
  const { requestId } = kindsOf(sessionId, 'permission_request')[0] ?? {};
  socket.send({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] });
  socket.send({ type: 'chat.permission-response', sessionId, requestId, allow: true });
  await socket.until(({ kind }) => kind === 'permission_resolved');
  socket.close();
}
const promptsAfterFirst = (sessionId: string): Fields[] => kindsOf(sessionId, 'prompt').slice(1);

describe('konui prompt', () => {
  it('asks a new session, streams the answer, and ends with 0', async () => {
    const { code, stdout, stderr } = await run(['prompt', '--agent', 'demo', '/stream', '3']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^> \/stream 3\n[^]*\n= finished\n$/);
  });

  it('reads what is piped in, and goes on in the session that is named by the beginning of its id', async () => {
    const sessionId = await newSession();
    const { code } = await run(['prompt', '--session', sessionId.slice(0, 13)], { input: '/stream 2\n' });
    expect(code).toBe(0);
    expect(promptsAfterFirst(sessionId)).toMatchObject([{ content: [{ text: '/stream 2' }] }]);
  });

  it('ends with 1 where the run fails, and says why', async () => {
    const { code, stdout } = await run(['prompt', '--agent', 'demo', '/fail', 'out of paper']);
    expect(code).toBe(1);
    expect(stdout).toContain('! out of paper');
    expect(stdout).toContain('= ended: ');
  });
});

describe('konui tail', () => {
  it('prints with --json the log byte for byte, and leaves at Ctrl-C', async () => {
    const sessionId = await newSession('/markdown 0 200');
    const tail = start(['tail', sessionId, '--after', '0', '--json']);
    await tail.untilPrinted('"kind":"complete"');
    expect((await run(['prompt', '--session', sessionId, '/stream', '2'])).code).toBe(0);
    await tail.untilPrinted(/"kind":"complete"[^]*"kind":"complete"/);
    expect(await tail.interrupt()).toBe(0);
    expect(tail.stdout().length).toBeGreaterThan(1000);
    expect(logText(sessionId).startsWith(tail.stdout())).toBe(true);
  });
});

describe('konui sessions and konui stop', () => {
  it('lists sessions, newest first, and stops the run of one alone', async () => {
    const quiet = await newSession();
    const busy = await newSession(ENDLESS, 'agent_message_chunk');
    const listed: Fields[] = await json(['sessions']);
    expect(listed.map((each) => each.sessionId).slice(0, 2)).toEqual([busy, quiet]);
    const { stdout } = await run(['sessions', '--running']);
    expect(stdout).toContain(busy);
    expect(stdout).not.toContain(quiet);
    expect(await json(['stop', busy])).toMatchObject({ sessionId: busy, stopped: true });
    expect(kindsOf(busy, 'complete')).toMatchObject([{ aborted: true }]);
    expect(await run(['stop', busy])).toEqual({ code: 1, stdout: '', stderr: `konui: no run is open in ${busy}\n` });
    expect((await run(['status'])).code).toBe(0);
  });
});

describe('konui inject', () => {
  const inject = (sessionId: string, text: string, ...flags: string[]) =>
    json(['inject', '--session', sessionId, '--origin', 'make test', ...flags], { input: text });
  const runsOf = (sessionId: string) => kindsOf(sessionId, 'run_started').map(({ promptId }) => promptId);
  const origin = { type: 'inject', name: 'make test', depth: 1 };

  it('[INJ1] A11: queue waits for the run, behind what waits', async () => {
    const sessionId = await newSession(WAITING, 'permission_request');
    const first = await inject(sessionId, '/stream 1\n');
    const second = await inject(sessionId, '/stream 2\n', '--policy', 'queue');
    expect(runsOf(sessionId)).toHaveLength(1);
    await allow(sessionId);
    await expect.poll(() => runsOf(sessionId).slice(1)).toEqual([first.promptId, second.promptId]);
    expect(kindsOf(sessionId, 'complete')[0]).toMatchObject({ success: true });
    expect(promptsAfterFirst(sessionId)).toMatchObject([
      { origin, content: [{ text: '/stream 1' }] },
      { origin, content: [{ text: '/stream 2' }] },
    ]);
  });

  it('[INJ1] A11: steer waits for the run, in front of what waits', async () => {
    const sessionId = await newSession(WAITING, 'permission_request');
    const first = await inject(sessionId, '/stream 1');
    const second = await inject(sessionId, '/stream 2', '--policy', 'steer');
    expect(runsOf(sessionId)).toHaveLength(1);
    await allow(sessionId);
    await expect.poll(() => runsOf(sessionId).slice(1)).toEqual([second.promptId, first.promptId]);
    expect(promptsAfterFirst(sessionId)).toMatchObject([{ origin }, { origin }]);
  });

  it('[INJ1] A11: interrupt ends the run and begins', async () => {
    const sessionId = await newSession(ENDLESS, 'agent_message_chunk');
    const { promptId } = await inject(sessionId, '/stream 1', '--policy', 'interrupt');
    await expect.poll(() => runsOf(sessionId).slice(1)).toEqual([promptId]);
    await expect.poll(() => kindsOf(sessionId, 'complete')).toMatchObject([{ aborted: true }, { success: true }]);
    expect(promptsAfterFirst(sessionId)).toMatchObject([{ origin }]);
  });

  it('[INJ6] A11: 10 MB of coloured output come without colours, cut, with a note', async () => {
    const sessionId = await newSession();
    const output = `\u001b[1mmake test\u001b[0m\n${'\u001b[31mnot ok\u001b[0m 1 2 3\n'.repeat(500_000)}2 failed\n`;
    expect(Buffer.byteLength(output)).toBeGreaterThan(10_000_000);
    await inject(sessionId, output);
    const [prompt] = promptsAfterFirst(sessionId);
    expect(prompt).toMatchObject({ origin });
    const sent = JSON.stringify(prompt);
    expect(sent).toMatch(
      /"make test\\nnot ok 1 2 3\\n.*\[[\d,]+ of [\d,]+ characters are left out here\].*\\n2 failed"/,
    );
    expect(sent.length).toBeLessThan(150_000);
  });

  it('[INJ2] does one key once', async () => {
    const sessionId = await newSession();
    const first = await inject(sessionId, '/stream 1', '--key', 'build-17');
    expect(await inject(sessionId, '/stream 1', '--key', 'build-17')).toEqual(first);
    const other = await run(['inject', '--session', sessionId, '--key', 'build-17', 'another']);
    expect(other).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('(IDEMPOTENCY_CONFLICT)\n') });
    expect(promptsAfterFirst(sessionId)).toHaveLength(1);
  });

  it('[INJ4] counts the runs that lead to it by the mark of agents, and stops a loop', async () => {
    const sessions = [await newSession(), await newSession(), await newSession()];
    let env: Record<string, string> = {};
    for (const [index, sessionId] of sessions.entries()) {
      expect((await run(['inject', '--session', sessionId, '/stream 1'], { env })).code).toBe(0);
      await expect.poll(() => kindsOf(sessionId, 'complete').length).toBe(2);
      expect(promptsAfterFirst(sessionId)).toMatchObject([{ origin: { depth: index + 1 } }]);
      env = { KONUI_MARKER: `${sessionId}:${randomUUID()}` };
    }
    const refused = await run(['inject', '--session', sessions[0] ?? '', 'again'], { env });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('(INJECT_LOOP)\n') });
  });
});

describe('konui kontask', () => {
  it('[KON2] B10: creates a request, shows it, and completes it with what comes from a pipe; watch tells of each', async () => {
    const watch = start(['kontask', 'watch', '--for', 'claude']);
    // Whether it listens yet shows in what it prints.
    const told = `told-${randomUUID()}`;
    await expect
      .poll(async () => {
        await run(['kontask', 'create', '--title', told, '--for', 'claude']);
        return watch.stdout();
      })
      .toContain(told);
    const fields = ['--title', 'Fix the cart', '--for', 'claude', '--scope', 'shop', '--tag', 'bug'];
    const choices = ['--choice', 'Go=go on', '--choice', 'Stop=stop it'];
    const { code, stdout } = await run(['kontask', 'create', ...fields, ...choices]);
    expect(code).toBe(0);
    const id = stdout.trim();
    const listed: Fields[] = await json(['kontask', 'list', '--status', 'requested', '--scope', 'shop']);
    expect(listed).toMatchObject([{ id, title: 'Fix the cart', targetUser: 'claude', tags: ['bug'] }]);
    expect((await run(['kontask', 'show', id])).stdout).toContain('choice 0: Go (primary)');
    const done = await run(['kontask', 'complete', id, '--output', '-'], { input: '<p>done</p>' });
    expect(done).toEqual({ code: 0, stdout: `${id} is completed\n`, stderr: '' });
    expect(await json(['kontask', 'show', id])).toMatchObject({
      status: 'completed',
      context: { output: '<p>done</p>', choices: [{ label: 'Go', value: 'go on', primary: true }, { label: 'Stop' }] },
    });
    await watch.untilPrinted(new RegExp(`${id}  requested[^]*${id}  completed`));
    expect(await watch.interrupt()).toBe(0);
  });

  it('B12: imports kontasks of elsewhere as they are', async () => {
    const file = join(EXAMPLES, 'status-report.json');
    const { code, stdout } = await run(['kontask', 'import', file]);
    expect(code).toBe(0);
    expect(await json(['kontask', 'show', stdout.trim()])).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });
});

describe('bad input', () => {
  const unknown = randomUUID();
  it.each([
    { args: ['prompt', '--agent', 'demo'], code: 2, says: 'there is no prompt' },
    { args: ['prompt', '--agent', 'nobody', 'hi'], code: 1, says: '(UNSUPPORTED_PROVIDER)' },
    { args: ['prompt', '--agent', 'demo', '--project', '/nowhere/at/all', 'hi'], code: 1, says: '/nowhere/at/all' },
    { args: ['prompt', '--session', unknown, 'hi'], code: 1, says: '(SESSION_NOT_FOUND)' },
    { args: ['prompt', '--session', 'zzz', 'hi'], code: 2, says: 'no session begins with "zzz"' },
    { args: ['tail', '--after', 'soon'], code: 2, says: '--after must be a whole number' },
    { args: ['stop', unknown], code: 1, says: '(SESSION_NOT_FOUND)' },
    { args: ['inject'], code: 2, says: 'there is nothing to inject' },
    { args: ['inject', '--policy', 'shout', 'hi'], code: 2, says: '--policy must be' },
    { args: ['inject', '--unheard', 'hi'], code: 2, says: "Unknown option '--unheard'" },
    { args: ['kontask'], code: 2, says: 'konui kontask needs one of' },
    { args: ['kontask', 'create'], code: 2, says: 'needs a --title' },
    { args: ['kontask', 'create', '--title', 'a', '--choice', 'Go'], code: 2, says: '--choice must be label=prompt' },
    { args: ['kontask', 'create', '--title', 'a', '--id', '../a'], code: 2, says: '--id must be' },
    { args: ['kontask', 'create', '--title', 'a', '--output', '/nowhere.html'], code: 1, says: 'cannot be read' },
    { args: ['kontask', 'create', '--title', 'a', '--commit', 'main'], code: 1, says: 'commit id in hexadecimal' },
    { args: ['kontask', 'list', '--status', 'lost'], code: 2, says: '--status must be' },
    { args: ['kontask', 'show', 'nothing'], code: 1, says: '(KONTASK_NOT_FOUND)' },
    { args: ['kontask', 'complete', 'nothing', '--status', 'cancelled'], code: 2, says: '--status must be' },
    { args: ['sessions', '--token', 'wrong'], code: 1, says: '(UNAUTHORIZED)' },
    { args: ['sessions', '--url', 'http://127.0.0.1:1'], code: 3, says: '(HOST_UNREACHABLE)' },
    { args: ['sessions', '--home', '/nowhere/at/all'], code: 3, says: 'konui does not run in /nowhere/at/all' },
  ])('konui $args ends with $code and one line', async ({ args, code, says }) => {
    const ended = await run(args);
    expect({ ...NOTHING, ...ended }).toMatchObject({ code, stdout: '', stderr: expect.stringContaining(says) });
    expect(ended.stderr).toMatch(/^konui: [^\n]+\n$/);
  });

  it('says of a file that is no JSON, or no kontask, which one', async () => {
    const file = join(konui.project, 'bad.json');
    writeFileSync(file, '{');
    expect(await run(['kontask', 'import', file])).toEqual({
      code: 1,
      stdout: '',
      stderr: `konui: ${file} is no JSON\n`,
    });
    writeFileSync(file, '{}');
    expect((await run(['kontask', 'import', file])).stderr).toBe(`konui: ${file} holds no kontask\n`);
  });
});
