import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { CommandId, newId, SessionInfo, sessionPaths } from '@konui/protocol';
import { expect, it } from 'vitest';
import type { KonsoleProcess, SseReader } from './testing/konsole-process.ts';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { expectWholeLog, ofKind, untilSettled } from './testing/session-log.ts';
import { untilFound } from './testing/until-found.ts';

/** Resolves when the runner closes its socket, which is the first thing that it does when it leaves. */
function leaveOf(socketPath: string): Promise<void> {
  const socket = connect(socketPath);
  return new Promise((resolve) => {
    socket.on('error', () => socket.destroy());
    socket.once('close', () => resolve());
    socket.resume();
  });
}

it('[CMD4] a prompt that comes while its runner leaves is done exactly once', { timeout: 240_000 }, async () => {
  const rounds = 10;
  const { konsole, paths } = await startKonsole(undefined, { env: { KONUI_IDLE_MS: '1' } });
  const race = async (lane: number) => {
    const created = await konsole.post('/sessions', { provider: 'demo', projectPath: paths.home });
    const { sessionId } = SessionInfo.parse(created.json);
    const files = sessionPaths(paths, sessionId);
    const stream = await konsole.stream(`/sessions/${sessionId}/stream`);
    const sent: string[] = [];
    for (let round = 0; round <= rounds; round++) {
      const commandId = newId(CommandId);
      sent.push(commandId);
      const body = { commandId, by, content: '/stream 1' };
      expect((await konsole.post(`/sessions/${sessionId}/prompt`, body)).status).toBe(202);
      await untilComplete(stream, round + 1);
      if (round === rounds) break;
      await leaveOf(files.socket);
      // Through the whole time that it takes to end the agent, read the inbox again and give the lock back.
      await delay(((round * 5 + lane) * 300) / (rounds * 5));
    }
    const events = await untilSettled(files);
    expectWholeLog(events);
    expect(ofKind(events, 'run_started').map((event) => event['promptId'])).toEqual(sent);
    expect(ofKind(events, 'complete').every((event) => event['success'] === true)).toBe(true);
  };
  await Promise.all([0, 1, 2, 3, 4].map(race));
});

const untilComplete = (stream: SseReader, count: number) =>
  stream.until(() => stream.lines.filter((line) => line.includes('"kind":"complete"')).length >= count);

it(
  '[CMD6] a stop that races with complete and the next run never hits the next run',
  { timeout: 240_000 },
  async () => {
    const host = await startKonsole();
    const stream = await host.stream();
    const stopAt = (konsole: KonsoleProcess, runId: string) =>
      konsole.post(host.at('/stop'), { commandId: newId(CommandId), by, runId });
    const rounds = 20;
    for (let round = 0; round < rounds; round++) {
      const [first, second] = [newId(CommandId), newId(CommandId)];
      await host.prompt('/every 10 10', first);
      await host.prompt('/stream 3', second);
      const started = await stream.until(
        ({ data }) => data.includes('"kind":"run_started"') && data.includes(`"promptId":"${first}"`),
      );
      const { runId } = JSON.parse(started.data);
      // The run takes about 100 ms: the stops come before, at and after its end.
      await delay(60 + round * 5);
      const stops = await Promise.all([stopAt(host.konsole, runId), stopAt(host.konsole, runId)]);
      for (const { status } of stops) expect([202, 409]).toContain(status);
      await untilFound(() =>
        stream.lines.some((line) => line.includes('"kind":"complete"') && line.includes(runId)) ? true : undefined,
      );
      const events = await untilSettled(host.files);
      expectWholeLog(events);
      const isHeld =
        events.findLast(({ kind }) => kind === 'queue_held' || kind === 'queue_resumed')?.kind === 'queue_held';
      if (isHeld) await host.queue({ action: 'resume' });
      const nextRun = await stream.until(
        ({ data }) => data.includes('"kind":"run_started"') && data.includes(`"promptId":"${second}"`),
      );
      const next = JSON.parse(nextRun.data);
      const complete = await stream.until(
        ({ data }) => data.includes('"kind":"complete"') && data.includes(String(next.runId)),
      );
      expect(JSON.parse(complete.data)).toMatchObject({ success: true, aborted: false });
    }
    const events = await untilSettled(host.files);
    expectWholeLog(events);
    expect(ofKind(events, 'complete')).toHaveLength(rounds * 2);
  },
);
