import { CommandId, newId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { EXIT_CODES } from './exit-error.ts';
import { findRunner, KonsoleProcess } from './testing/konsole-process.ts';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { expectWholeLog, ofKind, untilNoProcess, untilSettled } from './testing/session-log.ts';
import { createTempHome } from './testing/temp-home.ts';

type Host = Awaited<ReturnType<typeof startKonsole>>;

async function runnerOf({ paths, session }: Host): Promise<number> {
  const pid = await findRunner(paths, session.sessionId);
  if (pid === undefined) throw new Error('no runner lives');
  return pid;
}

/** `kill -9` for both, then another konsole. */
async function killBoth(host: Host): Promise<KonsoleProcess> {
  process.kill(await runnerOf(host), 'SIGKILL');
  await host.konsole.end('SIGKILL');
  return new KonsoleProcess(host.paths).start();
}

describe('runner and konsole, killed together,', () => {
  it('[CMD4] do a prompt once that was accepted and not read: its runner was stopped', async () => {
    const host = await startKonsole();
    const stream = await host.stream();
    await host.prompt('/stream 2');
    await stream.untilKind('complete');
    const pid = await runnerOf(host);
    process.kill(pid, 'SIGSTOP');
    const id = newId(CommandId);
    expect((await host.prompt('/stream 3', id)).status).toBe(202);
    await host.konsole.end('SIGKILL');
    process.kill(pid, 'SIGKILL');
    const next = await new KonsoleProcess(host.paths).start();
    expect((await next.post(host.at('/prompt'), { commandId: id, by, content: '/stream 3' })).json).toEqual({
      commandId: id,
      known: true,
    });
    const events = await untilSettled(host.files);
    expectWholeLog(events);
    expect(ofKind(events, 'run_started').map((event) => event['promptId'])).toContain(id);
    expect(ofKind(events, 'complete').at(-1)).toMatchObject({ success: true });
  });

  it('[EVT3] [QUE2] leave one complete that says interrupted, and what waits is held', async () => {
    const host = await startKonsole();
    const stream = await host.stream();
    await host.prompt('/every 20 100000');
    await stream.untilKind('agent_message_chunk');
    const waiting = newId(CommandId);
    await host.prompt('/stream 1', waiting);
    await stream.until(({ data }) => data.includes(waiting));
    const next = await killBoth(host);
    const events = await untilSettled(host.files);
    expectWholeLog(events);
    expect(ofKind(events, 'complete')).toMatchObject([{ stopReason: 'interrupted', success: false, aborted: false }]);
    expect(ofKind(events, 'queue_held')).toMatchObject([{ reason: 'interrupted' }]);
    await untilNoProcess(host.session.sessionId);
    await next.post(host.at('/queue'), { commandId: newId(CommandId), by, change: { action: 'resume' } });
    const after = await next.stream(host.at('/stream'));
    await after.until(({ data }) => data.includes('"success":true'));
  });

  it('[EVT6] close the permission that nobody can answer any more', async () => {
    const host = await startKonsole();
    const stream = await host.stream();
    await host.prompt('/edit');
    const { requestId } = JSON.parse((await stream.untilKind('permission_request')).data);
    const next = await killBoth(host);
    const events = await untilSettled(host.files);
    expectWholeLog(events);
    expect(ofKind(events, 'permission_resolved')).toMatchObject([
      { requestId, by: { type: 'system', reason: 'runner_died' } },
    ]);
    const answer = { commandId: newId(CommandId), by, requestId, allow: true };
    expect((await next.post(host.at('/permission'), answer)).status).toBe(409);
  });

  it('[CMD6] leave a run that was being stopped as stopped', async () => {
    const host = await startKonsole();
    const stream = await host.stream();
    await host.prompt('/hang');
    await stream.untilKind('agent_message_chunk');
    const stop = newId(CommandId);
    await host.konsole.post(host.at('/stop'), { commandId: stop, by });
    await stream.until(({ data }) => data.includes('"state":"stopping"'));
    const next = await killBoth(host);
    const events = await untilSettled(host.files);
    expectWholeLog(events);
    expect(ofKind(events, 'complete')).toMatchObject([{ aborted: true, success: false, stopReason: 'cancelled' }]);
    expect((await next.post(host.at('/stop'), { commandId: stop, by })).json).toMatchObject({ known: true });
    await untilNoProcess(host.session.sessionId);
  });
});

it('[CMD7] a permission is answered once, also twice over a restart of konsole', async () => {
  const host = await startKonsole();
  const stream = await host.stream();
  await host.prompt('/edit');
  const { requestId } = JSON.parse((await stream.untilKind('permission_request')).data);
  const [first, second] = [newId(CommandId), newId(CommandId)];
  const answer = (konsole: KonsoleProcess, commandId: string, allow: boolean) =>
    konsole.post(host.at('/permission'), { commandId, by, requestId, allow });
  // Its runner reads neither before the second one stands in the inbox as well.
  const pid = await runnerOf(host);
  process.kill(pid, 'SIGSTOP');
  await answer(host.konsole, first, true);
  await host.konsole.end('SIGKILL');
  const next = await new KonsoleProcess(host.paths).start();
  const again = await Promise.all([answer(next, first, true), answer(next, second, false)]);
  process.kill(pid, 'SIGCONT');
  expect(again.map(({ status }) => status)).toEqual([202, 202]);
  const events = await untilSettled(host.files);
  expectWholeLog(events);
  expect(ofKind(events, 'permission_resolved')).toMatchObject([{ commandId: first, optionKind: 'allow_once' }]);
  expect(ofKind(events, 'command_rejected')).toMatchObject([{ commandId: second, code: 'PERMISSION_NOT_FOUND' }]);
});

it('[HOST10] shows a runner that is stopped after its hello, with and without a command, until it goes on', async () => {
  const host = await startKonsole();
  const stream = await host.stream();
  const feed = await host.konsole.stream('/feed');
  await host.prompt('/every 50 100000');
  await stream.untilKind('agent_message_chunk');
  const pid = await runnerOf(host);
  process.kill(pid, 'SIGSTOP');
  const silent = await feed.until(({ data }) => data.includes('"status":"not_responding"'));
  expect((await host.konsole.post(host.at('/stop'), { commandId: newId(CommandId), by })).status).toBe(202);
  process.kill(pid, 'SIGCONT');
  const seen = feed.messages.indexOf(silent);
  await feed.until((message) => feed.messages.indexOf(message) > seen && !message.data.includes('not_responding'));
  expect(ofKind(await untilSettled(host.files), 'complete')).toMatchObject([{ aborted: true }]);
  expect(await runnerOf(host)).toBe(pid);
});

it('two konsoles that start at once: one serves, the other says so and leaves with 75', async () => {
  for (let round = 0; round < 5; round++) {
    const paths = createTempHome();
    const both = [new KonsoleProcess(paths), new KonsoleProcess(paths)];
    const loser = await Promise.race(
      both.map(
        (konsole) => new Promise<KonsoleProcess>((resolve) => konsole.child.once('exit', () => resolve(konsole))),
      ),
    );
    expect(loser.child.exitCode).toBe(EXIT_CODES.heldByAnother);
    expect(loser.stderr).toMatch(/another konsole serves/);
    const [winner] = both.filter((konsole) => konsole !== loser);
    await winner?.start();
    expect(Object((await winner?.get('/healthz'))?.json).pid).toBe(winner?.child.pid);
    await winner?.end('SIGKILL');
  }
});
