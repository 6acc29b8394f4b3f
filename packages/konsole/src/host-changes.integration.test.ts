import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CommandId, newId, SessionId, SessionInfo, SessionRecord } from '@konui/protocol';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findRunner, KonsoleProcess } from './testing/konsole-process.ts';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { linesOf, untilFound } from './testing/until-found.ts';

const failure = (code: string) => ({ error: { code, message: expect.any(String) } });

type Host = Awaited<ReturnType<typeof startKonsole>>;

const inTrash = ({ paths, session }: Host) => join(paths.trash, session.sessionId);

async function untilMoved(host: Host): Promise<string[]> {
  await untilFound(() => existsSync(inTrash(host)) || undefined);
  return linesOf(join(inTrash(host), 'log.ndjson'));
}

const isGone = (pid: number) =>
  untilFound(() => {
    try {
      process.kill(pid, 0);
      return undefined;
    } catch {
      return true;
    }
  });

describe('a change of a session', () => {
  it('[HOST9] is on the disk, in the list and on the feed, and outlives konsole', async () => {
    const host = await startKonsole();
    const { konsole, at, files, paths } = host;
    const feed = await konsole.stream('/feed');
    const changed = await konsole.patch(at(''), { title: ' My words ', resumeAfterLimit: true });
    expect(changed).toMatchObject({
      status: 200,
      json: { title: 'My words', resumeAfterLimit: true, archived: false },
    });
    await feed.until(({ data }) => data.includes('"title":"My words"'));
    expect(SessionRecord.parse(JSON.parse(readFileSync(files.session, 'utf8')))).toMatchObject({ title: 'My words' });
    expect(statSync(files.session).mode & 0o777).toBe(0o600);
    const stream = await host.stream();
    await host.prompt('/stream 2');
    await stream.untilKind('complete');
    expect((await konsole.patch(at(''), { archived: true })).json).toMatchObject({ title: 'My words', archived: true });
    await feed.until(({ data }) => data.includes('"archived":true'));
    await konsole.end('SIGKILL');
    const next = await new KonsoleProcess(paths).start();
    expect((await next.get(at(''))).json).toMatchObject({ title: 'My words', archived: true, resumeAfterLimit: true });
    expect((await next.patch(at(''), { title: null })).json).toMatchObject({
      title: expect.stringContaining('stream'),
    });
  });

  it('[HOST9] takes a session out of the archive when a person asks something of it, and not for a script', async () => {
    const { konsole, at, prompt } = await startKonsole();
    const isArchived = async (): Promise<unknown> => SessionInfo.parse((await konsole.get(at(''))).json).archived;
    const archive = () => konsole.patch(at(''), { archived: true });
    await archive();
    const script = { commandId: newId(CommandId), by: { type: 'inject', name: 'nightly' }, content: '/stream 1' };
    expect((await konsole.post(at('/prompt'), script)).status).toBe(202);
    expect(await isArchived()).toBe(true);
    const commandId = newId(CommandId);
    expect((await prompt('/stream 1', commandId)).status).toBe(202);
    expect(await isArchived()).toBe(false);
    await archive();
    expect((await prompt('/stream 1', commandId)).json).toEqual({ commandId, known: true });
    expect(await isArchived()).toBe(true);
  });

  it('[HOST2] is refused where it makes no sense', async () => {
    const { konsole, at } = await startKonsole();
    const refused = await konsole.patch(at(''), { title: '' });
    expect({ status: refused.status, json: refused.json }).toEqual({ status: 400, json: failure('INVALID_MESSAGE') });
    expect((await konsole.patch(`/sessions/${newId(SessionId)}`, {})).status).toBe(404);
  });
});

describe('a deleted session', () => {
  it('[HOST9] is gone at once, and in the trash when its run is complete and its runner has left', async () => {
    const host = await startKonsole();
    const { konsole, at, session, paths } = host;
    const stream = await host.stream();
    const feed = await konsole.stream('/feed');
    await host.prompt('/every 20 100000');
    await stream.untilKind('agent_message_chunk');
    await host.prompt('/stream 1');
    const pid = await findRunner(paths, session.sessionId);
    expect(await konsole.delete(at(''))).toMatchObject({ status: 200, json: { sessionId: session.sessionId } });
    await feed.until(({ data }) => data.includes('"type":"session_removed"'));
    for (const answer of [
      await konsole.get(at('')),
      await konsole.get(at('/state')),
      await konsole.get(at('/stream')),
      await konsole.patch(at(''), { title: 'x' }),
      await host.prompt('/stream 2'),
      await host.queue({ action: 'resume' }),
    ]) {
      expect({ status: answer.status, json: answer.json }).toEqual({ status: 410, json: failure('SESSION_GONE') });
    }
    expect((await konsole.get('/sessions')).json).toEqual({ sessions: [] });
    expect((await konsole.delete(at(''))).status).toBe(200);
    const lines = await untilMoved(host);
    expect(lines.filter((line) => line.includes('"kind":"complete"'))).toEqual([
      expect.stringContaining('"aborted":true'),
    ]);
    expect(lines.filter((line) => line.includes('"kind":"run_started"'))).toHaveLength(1);
    await stream.ended;
    await isGone(Number(pid));
    const removed = feed.messages.findIndex(({ data }) => data.includes('"type":"session_removed"'));
    expect(feed.messages.slice(removed + 1)).toEqual([]);
    expect((await konsole.delete(at(''))).status).toBe(200);
    const again = { sessionId: session.sessionId, provider: 'demo', projectPath: paths.home };
    expect((await konsole.post('/sessions', again)).json).toEqual(failure('SESSION_GONE'));
    expect((await konsole.delete(`/sessions/${newId(SessionId)}`)).status).toBe(404);
  });

  it('[HOST9] that never ran is moved at once, and is not found by the next konsole', async () => {
    const host = await startKonsole();
    await host.konsole.delete(host.at(''));
    await untilFound(() => existsSync(inTrash(host)) || undefined);
    await host.konsole.end('SIGKILL');
    const next = await new KonsoleProcess(host.paths).start();
    expect((await next.get(host.at(''))).status).toBe(410);
    expect((await next.get('/sessions')).json).toEqual({ sessions: [] });
    expect(existsSync(host.files.folder)).toBe(false);
  });

  it('[HOST9] is deleted by the next konsole when the one that was asked is killed', async () => {
    const host = await startKonsole();
    const { konsole, at, paths, session } = host;
    const stream = await host.stream();
    await host.prompt('/hang');
    await stream.untilKind('agent_message_chunk');
    const pid = await findRunner(paths, session.sessionId);
    // The agent does not answer a stop, so that konsole dies in between.
    expect((await konsole.delete(at(''))).status).toBe(200);
    await konsole.end('SIGKILL');
    expect(existsSync(inTrash(host))).toBe(false);
    const next = await new KonsoleProcess(paths).start();
    expect((await next.get(at(''))).status).toBe(410);
    const lines = await untilMoved(host);
    expect(lines.filter((line) => line.includes('"kind":"complete"'))).toHaveLength(1);
    await isGone(Number(pid));
  });

  it('[HOST9] [EVT3] is completed and its commands are answered when its runner and konsole are killed', async () => {
    const host = await startKonsole();
    const { konsole, at, paths, session } = host;
    const stream = await host.stream();
    await host.prompt('/hang');
    await stream.untilKind('agent_message_chunk');
    const pid = Number(await findRunner(paths, session.sessionId));
    process.kill(pid, 'SIGSTOP');
    const late = newId(CommandId);
    await host.prompt('/stream 1', late);
    await konsole.delete(at(''));
    await konsole.end('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await new KonsoleProcess(paths).start();
    const lines = await untilMoved(host);
    expect(lines.filter((line) => line.includes('"kind":"complete"'))).toHaveLength(1);
    expect(lines.find((line) => line.includes(`"commandId":"${late}"`))).toContain('SESSION_GONE');
  });

  it('[HOST9] is deleted also when its runner is stopped', async () => {
    const host = await startKonsole();
    const stream = await host.stream();
    await host.prompt('/every 20 100000');
    await stream.untilKind('agent_message_chunk');
    const pid = Number(await findRunner(host.paths, host.session.sessionId));
    process.kill(pid, 'SIGSTOP');
    onTestFinished(() => void (existsSync(`/proc/${pid}`) && process.kill(pid, 'SIGCONT')));
    expect((await host.konsole.delete(host.at(''))).status).toBe(200);
    const lines = await untilMoved(host);
    expect(lines.filter((line) => line.includes('"kind":"complete"'))).toHaveLength(1);
  });
});

it('[CMD1] answers a command again that it took before konsole was killed', async () => {
  const host = await startKonsole();
  const stream = await host.stream();
  await host.prompt('/every 20 100000');
  await stream.untilKind('agent_message_chunk');
  const [stop, hold] = [newId(CommandId), newId(CommandId)];
  await host.queue({ action: 'hold' }, hold);
  await host.konsole.post(host.at('/stop'), { commandId: stop, by });
  await stream.untilKind('complete');
  await host.konsole.end('SIGKILL');
  const next = await new KonsoleProcess(host.paths).start();
  const [stopped, held] = await Promise.all([
    next.post(host.at('/stop'), { commandId: stop, by }),
    next.post(host.at('/queue'), { commandId: hold, by, change: { action: 'hold' } }),
  ]);
  expect([stopped.json, held.json]).toEqual([
    { commandId: stop, known: true },
    { commandId: hold, known: true },
  ]);
  expect(linesOf(host.files.inbox)).toHaveLength(3);
});
