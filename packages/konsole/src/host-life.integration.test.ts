import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLocked } from '@konui/log';
import { CommandId, type HomePaths, newId, SessionInfo } from '@konui/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { EXIT_CODES } from './exit-error.ts';
import { findRunner, KonsoleProcess } from './testing/konsole-process.ts';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { createTempHome } from './testing/temp-home.ts';

async function livingRunner(paths: HomePaths, sessionId: string): Promise<number> {
  const pid = await findRunner(paths, sessionId);
  if (pid === undefined) throw new Error('no runner lives');
  return pid;
}

const linesOf = (path: string) => readFileSync(path, 'utf8').split('\n').slice(0, -1);

describe('the death of konsole', () => {
  it('costs nothing: the run goes on, and the next konsole finds its runner and reads on', async () => {
    const { paths, konsole, session, files, prompt } = await startKonsole();
    const before = await konsole.stream(`/sessions/${session.sessionId}/stream`);
    await prompt('/stream 300');
    const last = await before.until(({ id }) => id.endsWith(':20'));
    const pid = await livingRunner(paths, session.sessionId);
    await konsole.end('SIGKILL');
    await before.ended;

    const next = await new KonsoleProcess(paths).start();
    const running = z.array(SessionInfo).parse(Object(await next.get('/sessions/running')).json.sessions);
    expect(running.map(({ sessionId }) => sessionId)).toEqual([session.sessionId]);
    const after = await next.stream(`/sessions/${session.sessionId}/stream`, { 'last-event-id': last.id });
    await after.untilKind('complete');
    expect(after.messages[0]?.data).toContain('"cursor":"ok"');
    expect(after.lines).toEqual(linesOf(files.log).slice(20));
    expect(after.lines.at(-1)).toContain('"success":true');
    expect(await livingRunner(paths, session.sessionId)).toBe(pid);
  });

  it('loses no command: one that it took and told nobody is done by the next', async () => {
    const { paths, konsole, session, files, at } = await startKonsole();
    const commandId = newId(CommandId);
    await konsole.end('SIGKILL');
    const command = { type: 'prompt', commandId, promptId: commandId, by, at: new Date().toISOString() };
    writeFileSync(files.inbox, `${JSON.stringify({ ...command, content: [{ type: 'text', text: '/stream 3' }] })}\n`);
    const next = await new KonsoleProcess(paths).start();
    const stream = await next.stream(`/sessions/${session.sessionId}/stream`);
    await stream.untilKind('complete');
    expect((await next.post(at('/prompt'), { commandId, by, content: '/stream 3' })).json).toEqual({
      commandId,
      known: true,
    });
  });

  it('by SIGTERM ends the streams, leaves the runner alone and gives the lock back', async () => {
    const { paths, konsole, session, prompt } = await startKonsole();
    const stream = await konsole.stream(`/sessions/${session.sessionId}/stream`);
    const feed = await konsole.stream('/feed');
    await prompt('/hang');
    await stream.untilKind('agent_message_chunk');
    const pid = await livingRunner(paths, session.sessionId);
    await konsole.end('SIGTERM');
    await Promise.all([stream.ended, feed.ended]);
    expect(konsole.child.exitCode).toBe(0);
    expect(isLocked(paths.lock)).toBe(false);
    expect(await livingRunner(paths, session.sessionId)).toBe(pid);
  });

  it('loses no list: index.db is rebuilt when it is gone', async () => {
    const { paths, konsole, session, prompt } = await startKonsole();
    const stream = await konsole.stream(`/sessions/${session.sessionId}/stream`);
    await prompt('/stream 3');
    await stream.untilKind('complete');
    await konsole.end('SIGTERM');
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${paths.indexDatabase}${suffix}`, { force: true });
    const next = await new KonsoleProcess(paths).start();
    expect((await next.get('/sessions')).json).toMatchObject({
      sessions: [{ sessionId: session.sessionId, lastRun: { success: true }, title: expect.any(String) }],
    });
  });
});

describe('the death of a runner', () => {
  it('[EVT3] ends the run, and the next prompt is done by another', async () => {
    const { paths, konsole, session, prompt } = await startKonsole();
    const stream = await konsole.stream(`/sessions/${session.sessionId}/stream`);
    await prompt('/hang');
    await stream.untilKind('agent_message_chunk');
    const pid = await livingRunner(paths, session.sessionId);
    process.kill(pid, 'SIGKILL');
    expect(JSON.parse((await stream.untilKind('complete')).data)).toMatchObject({
      stopReason: 'interrupted',
      success: false,
    });
    await prompt('/stream 3');
    await stream.until(({ data }) => data.includes('"stopReason":"end_turn"'));
    expect(await livingRunner(paths, session.sessionId)).not.toBe(pid);
  });

  it('is told from its silence: a stopped one is shown, keeps its session, and does later what it was asked', async () => {
    const { paths, konsole, session, prompt, at } = await startKonsole();
    const stream = await konsole.stream(`/sessions/${session.sessionId}/stream`);
    await prompt('/stream 3');
    await stream.untilKind('complete');
    const pid = await livingRunner(paths, session.sessionId);
    process.kill(pid, 'SIGSTOP');
    // Otherwise it could not be ended.
    onTestFinished(() => void process.kill(pid, 'SIGCONT'));
    await konsole.end('SIGKILL');

    const next = await new KonsoleProcess(paths).start();
    const feed = await next.stream('/feed');
    expect((await next.post(at('/prompt'), { commandId: newId(CommandId), by, content: '/stream 4' })).status).toBe(
      202,
    );
    await feed.until(({ data }) => data.includes('"status":"not_responding"'));
    expect((await next.get('/sessions/running')).json).toMatchObject({ sessions: [{ status: 'not_responding' }] });
    process.kill(pid, 'SIGCONT');
    await feed.until(({ data }) => data.includes('"status":"idle"'));
    expect(await livingRunner(paths, session.sessionId)).toBe(pid);
    const { text } = await next.get(`/sessions/${session.sessionId}/events`);
    expect(text.match(/"kind":"complete"/g)).toHaveLength(2);
  });
});

describe('a start', () => {
  async function failToStart(paths: HomePaths, args?: string[]) {
    const konsole = new KonsoleProcess(paths, args);
    await expect(konsole.start()).rejects.toThrow();
    const plain = konsole.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
    return { code: konsole.child.exitCode, plain };
  }
  const oneLine = [expect.stringMatching(/^konsole: /)];

  it('keeps what it makes to the user, and replaces the socket of a dead konsole', async () => {
    const { paths, konsole, files } = await startKonsole();
    expect(statSync(paths.konsoleSocket).mode & 0o777).toBe(0o600);
    expect(statSync(files.session).mode & 0o777).toBe(0o600);
    expect(statSync(files.folder).mode & 0o777).toBe(0o700);
    await konsole.end('SIGKILL');
    expect(existsSync(paths.konsoleSocket)).toBe(true);
    await new KonsoleProcess(paths).start();
  });

  it('is refused while another konsole serves the home', async () => {
    const { paths, konsole } = await startKonsole();
    // Its own start would be answered by the other one.
    const second = new KonsoleProcess(paths);
    await new Promise((resolve) => second.child.once('exit', resolve));
    expect(second.child.exitCode).toBe(EXIT_CODES.heldByAnother);
    expect(second.stderr).toMatch(/^konsole: another konsole serves [^\n]*\n$/);
    expect((await konsole.get('/healthz')).status).toBe(200);
  });

  it('is refused with a broken agents.json', async () => {
    const paths = createTempHome();
    writeFileSync(paths.agentsFile, '{"agents": []}');
    expect(await failToStart(paths)).toEqual({ code: EXIT_CODES.config, plain: oneLine });
  });

  it('is refused in a home that is no folder', async () => {
    const paths = createTempHome();
    const home = join(paths.home, 'file');
    writeFileSync(home, '');
    expect(await failToStart({ ...paths, home })).toEqual({ code: EXIT_CODES.cannotCreate, plain: oneLine });
  });

  it('is refused in a home that cannot be made', async () => {
    const paths = createTempHome();
    expect(await failToStart({ ...paths, home: '/dev/null/home' })).toEqual({
      code: EXIT_CODES.cannotCreate,
      plain: oneLine,
    });
  });

  it('is refused with a flag that it does not know', async () => {
    expect(await failToStart(createTempHome(), ['--frobnicate'])).toEqual({ code: EXIT_CODES.usage, plain: oneLine });
  });

  it('works in a home whose path is too long for a socket', async () => {
    const short = createTempHome();
    const paths = createTempHome(join(short.home, 'a'.repeat(60), 'b'.repeat(60)));
    expect(paths.socketFolder.startsWith('/tmp/konui-')).toBe(true);
    const { konsole, session, prompt } = await startKonsole(paths);
    const stream = await konsole.stream(`/sessions/${session.sessionId}/stream`);
    await prompt('/stream 3');
    await stream.untilKind('complete');
  });
});
