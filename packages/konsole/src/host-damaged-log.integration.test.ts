import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandId, newId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { isAlive } from './testing/demo-in-test.ts';
import { findRunner, KonsoleProcess } from './testing/konsole-process.ts';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { createTempHome } from './testing/temp-home.ts';
import { eventsOf, expectWholeLog, ofKind, untilSettled } from './testing/session-log.ts';
import { untilFound } from './testing/until-found.ts';

type Host = Awaited<ReturnType<typeof startKonsole>>;

/** A session with one run behind it, whose runner is dead while konsole lives. */
async function startWithDeadRunner(env: Record<string, string> = {}) {
  const host = await startKonsole(undefined, { env });
  const stream = await host.stream();
  const first = newId(CommandId);
  await host.prompt('/stream 20', first);
  await stream.untilKind('complete');
  await killRunner(host);
  return { ...host, stream, first };
}

async function killRunner({ paths, session }: Host): Promise<void> {
  const pid = await findRunner(paths, session.sessionId);
  if (pid === undefined) throw new Error('no runner lives');
  process.kill(pid, 'SIGKILL');
  await untilFound(() => (isAlive(pid) ? undefined : true));
}

const cursorOf = (message: { id: string } | undefined) => ({ 'last-event-id': message?.id ?? '' });

it('[SEQ4] a torn last line is cut off and kept beside the log; readers go on where they were', async () => {
  const host = await startWithDeadRunner();
  const before = eventsOf(host.files.log);
  appendFileSync(host.files.log, '{"seq":999,"sessionId":"');
  const second = newId(CommandId);
  await host.prompt('/stream 3', second);
  await host.stream.until(({ data }) => data.includes('"kind":"run_started"') && data.includes(second));
  const events = await untilSettled(host.files);
  expectWholeLog(events);
  expect(events.slice(0, before.length)).toEqual(before);
  expect(ofKind(events, 'log_opened')).toHaveLength(1);
  expect(readFileSync(join(host.files.folder, 'log.torn.1'), 'utf8')).toBe('{"seq":999,"sessionId":"');
});

it('[SEQ4] [SEQ5] a log that lost lines begins a new epoch, and no cursor of before is taken for one of now', async () => {
  const host = await startWithDeadRunner();
  const last = host.stream.messages.at(-1);
  const lines = readFileSync(host.files.log, 'utf8').split('\n');
  truncateSync(host.files.log, Buffer.byteLength(`${lines.slice(0, 6).join('\n')}\n`));
  // Those who read what is gone are told, and come back with their cursor.
  await host.stream.ended;
  const behind = await host.konsole.stream(host.at('/stream'), cursorOf(last));
  expect(JSON.parse(behind.messages[0]?.data ?? (await behind.until(() => true)).data)).toMatchObject({
    cursor: 'ahead',
  });
  await host.prompt('/stream 100');
  const events = await untilSettled(host.files);
  expectWholeLog(events);
  expect(ofKind(events, 'log_opened')).toHaveLength(2);
  const late = await host.konsole.stream(host.at('/stream'), cursorOf(last));
  const opened = await late.until(({ event }) => event === 'opened');
  expect(JSON.parse(opened.data)).toMatchObject({ cursor: 'epoch_gone' });
});

it('[CMD4] a prompt whose lines were lost is not done again by itself', async () => {
  const host = await startWithDeadRunner();
  truncateSync(host.files.log, 0);
  await host.prompt('/stream 3');
  const events = await untilSettled(host.files);
  expect(ofKind(events, 'run_started').map((event) => event['promptId'])).not.toContain(host.first);
});

it('[SEQ4] [QUE5] another boot begins a new epoch; what was asked before it is held, and what is asked after it runs', async () => {
  const bootIdFile = join(createTempHome().home, 'boot-id');
  const env = { KONUI_BOOT_ID_FILE: bootIdFile };
  writeFileSync(bootIdFile, 'boot-1\n');
  const host = await startWithDeadRunner(env);
  await host.konsole.end('SIGKILL');
  const waiting = newId(CommandId);
  const at = new Date(Date.now() - 1000).toISOString();
  const content = [{ type: 'text', text: '/stream 1' }];
  const command = { type: 'prompt', commandId: waiting, promptId: waiting, by: { type: 'person' }, at, content };
  appendFileSync(host.files.inbox, `${JSON.stringify(command)}\n`);
  writeFileSync(bootIdFile, 'boot-2\n');

  const next = await new KonsoleProcess(host.paths, [], env).start();
  const held = await untilSettled(host.files);
  expectWholeLog(held);
  expect(ofKind(held, 'log_opened').map((event) => event['bootId'])).toEqual(['boot-1', 'boot-2']);
  expect(ofKind(held, 'queue_held')).toMatchObject([{ reason: 'old' }]);
  const stream = await next.stream(host.at('/stream'), cursorOf(host.stream.messages.at(-1)));
  const opened = await stream.until(({ event }) => event === 'opened');
  expect(JSON.parse(opened.data)).toMatchObject({ cursor: 'ok' });
  await next.post(host.at('/prompt'), { commandId: newId(CommandId), by, content: '/stream 3' });
  await stream.until(({ data }) => data.includes('"success":true'));
});
