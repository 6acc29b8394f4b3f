import { execFileSync } from 'node:child_process';
import { rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandId, type HomePaths, newId } from '@konui/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { expectWholeLog, ofKind, untilSettled } from './testing/session-log.ts';
import { createTempHome } from './testing/temp-home.ts';

const failure = (code: string) => ({ error: { code, message: expect.any(String) } });

/** Why no small disk can be had here; undefined where one can. */
const obstacle = findObstacle();

function findObstacle(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'only root on Linux may mount a small disk';
  const folder = createFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'pipe' });
    execFileSync('umount', [folder]);
    return undefined;
  } catch (error) {
    return `this machine mounts no tmpfs: ${String(error)}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function createFolder(): string {
  return execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
}

/** A home whose sessions lie on a disk of 16 MiB, and what fills it and makes room again. */
function createSmallHome() {
  const paths = createTempHome();
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=700', 'tmpfs', paths.sessions]);
  onTestFinished(() => {
    // Lazily, because what a killed runner had open may still be there for a moment.
    execFileSync('umount', ['-l', paths.sessions]);
  });
  const filler = join(paths.sessions, 'filler');
  return { paths, fill: () => fill(paths, filler), free: () => rmSync(filler) };
}

function fill({ sessions }: HomePaths, filler: string): void {
  const { bavail, bsize } = statfsSync(sessions);
  try {
    writeFileSync(filler, Buffer.alloc(bavail * bsize));
  } catch (error) {
    // The log took some of it in the meantime; what fitted is enough.
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

it('[CMD6] [EVT3] a full disk is shown, a run can be stopped on it, and nothing is lost when there is room', async ({
  skip,
}) => {
  skip(obstacle !== undefined, obstacle);
  const { paths, fill, free } = createSmallHome();
  const host = await startKonsole(paths);
  const stream = await host.stream();
  const feed = await host.konsole.stream('/feed');
  await host.prompt('/every 10 100000');
  await stream.untilKind('agent_message_chunk');
  fill();
  await feed.until(({ data }) => data.includes('"trouble":"storage_full"'));
  expect((await host.konsole.get(host.at(''))).json).toMatchObject({ trouble: 'storage_full' });
  const stop = { commandId: newId(CommandId), by };
  expect(await host.konsole.post(host.at('/stop'), stop)).toMatchObject({ status: 202 });
  await stream.untilKind('complete');
  free();
  await feed.until(({ data }) => data.includes('"trouble":null') && data.includes('"status":"idle"'));
  const events = await untilSettled(host.files);
  expectWholeLog(events);
  expect(ofKind(events, 'complete')).toMatchObject([{ aborted: true }]);
  // Every word that the agent said, in order: none was lost while there was no room.
  const words = ofKind(events, 'agent_message_chunk')
    .map((event) => String(Object(event['content']).text))
    .join('')
    .match(/w\d+/g);
  expect(words).toEqual(words?.map((_, index) => `w${index + 1}`));
  await host.prompt('/stream 3');
  await stream.until(({ data }) => data.includes('"success":true'));
});

it('[CMD2] a command for which there is no room is refused with 507 and taken later', async ({ skip }) => {
  skip(obstacle !== undefined, obstacle);
  const { paths, fill, free } = createSmallHome();
  const host = await startKonsole(paths);
  const stream = await host.stream();
  await host.prompt('/stream 2');
  await stream.untilKind('complete');
  fill();
  const commandId = newId(CommandId);
  // Longer than what is left of the inbox's last block.
  const content = `/stream 3 ${'x'.repeat(8192)}`;
  const refused = await host.prompt(content, commandId);
  expect({ status: refused.status, json: refused.json }).toEqual({ status: 507, json: failure('STORAGE_FULL') });
  const renamed = await host.konsole.patch(host.at(''), { title: 'no room' });
  expect({ status: renamed.status, json: renamed.json }).toEqual({ status: 507, json: failure('STORAGE_FULL') });
  const created = await host.konsole.post('/sessions', { provider: 'demo', projectPath: paths.home });
  expect(created.status).toBe(507);
  free();
  expect((await host.konsole.get('/sessions')).json).toMatchObject({
    sessions: [{ title: expect.stringContaining('stream') }],
  });
  expect(await host.prompt(content, commandId)).toMatchObject({ status: 202, json: { known: false } });
  const events = await untilSettled(host.files);
  expectWholeLog(events);
  expect(ofKind(events, 'run_started')).toHaveLength(2);
});
