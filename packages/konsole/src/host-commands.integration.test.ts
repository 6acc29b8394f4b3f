import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CommandId, LIMITS, newId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { by, startKonsole } from './testing/konsole-with-session.ts';

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('pixels')]);

const failure = (code: string) => ({ error: { code, message: expect.any(String) } });

it('[CMD2] stores a prompt before it is accepted, and the answer streams in', async () => {
  const host = await startKonsole();
  const { konsole, at, prompt, files } = host;
  const stream = await host.stream();
  const commandId = newId(CommandId);
  const accepted = await prompt('/stream 50', commandId);
  expect(accepted).toMatchObject({ status: 202, json: { commandId, known: false } });
  expect(readFileSync(files.inbox, 'utf8')).toContain(commandId);
  expect((await konsole.get('/sessions/running')).json).toMatchObject({ sessions: [{ status: 'working' }] });
  await stream.untilKind('complete');
  expect(stream.lines.join('\n')).toContain('word50');
  expect((await konsole.get(at(''))).json).toMatchObject({
    status: 'idle',
    lastRun: { success: true },
    title: expect.any(String),
  });
});

it('[CMD1] accepts a prompt again that was done long ago, and does it once', async () => {
  const host = await startKonsole();
  const { prompt, files } = host;
  const stream = await host.stream();
  const commandId = newId(CommandId);
  const [one, other] = await Promise.all([prompt('/stream 5', commandId), prompt('/stream 5', commandId)]);
  expect([one.json, other.json]).toContainEqual({ commandId, known: true });
  await stream.untilKind('complete');
  expect((await prompt('/stream 5', commandId)).json).toEqual({ commandId, known: true });
  expect(readFileSync(files.inbox, 'utf8').trim().split('\n')).toHaveLength(1);
  expect(readFileSync(files.log, 'utf8').match(/"kind":"run_started"/g)).toHaveLength(1);
});

it('[CMD6] fills in the open run of a stop, and refuses one when none is open', async () => {
  const host = await startKonsole();
  const { konsole, at, prompt } = host;
  const stream = await host.stream();
  const none = await konsole.post(at('/stop'), { commandId: newId(CommandId), by });
  expect(none.status).toBe(409);
  expect(none.json).toEqual(failure('NO_ACTIVE_RUN'));

  await prompt('/stream 100000');
  await stream.untilKind('agent_message_chunk');
  const stop = { commandId: newId(CommandId), by };
  expect(await konsole.post(at('/stop'), stop)).toMatchObject({ status: 202, json: { known: false } });
  const complete = await stream.untilKind('complete');
  expect(JSON.parse(complete.data)).toMatchObject({ aborted: true, stopReason: 'cancelled' });
  expect(await konsole.post(at('/stop'), stop)).toMatchObject({ status: 202, json: { known: true } });
});

it('[CMD7] passes an answer to a permission on, and refuses one to a request that is not open', async () => {
  const host = await startKonsole();
  const { konsole, at, prompt } = host;
  const stream = await host.stream();
  await prompt('/edit');
  const { requestId } = JSON.parse((await stream.untilKind('permission_request')).data);
  expect((await konsole.get('/sessions/running')).json).toMatchObject({
    sessions: [{ status: 'waiting', pendingPermissions: 1 }],
  });
  expect((await konsole.get(at('/state'))).json).toMatchObject({
    isProcessing: true,
    pendingPermissions: [{ requestId }],
  });
  const answer = { commandId: newId(CommandId), by, requestId, allow: true };
  expect(await konsole.post(at('/permission'), answer)).toMatchObject({ status: 202 });
  await stream.untilKind('complete');
  expect(await konsole.post(at('/permission'), answer)).toMatchObject({ status: 202, json: { known: true } });
  const late = await konsole.post(at('/permission'), { ...answer, commandId: newId(CommandId) });
  expect(late.status).toBe(409);
  expect(late.json).toEqual(failure('PERMISSION_NOT_FOUND'));
});

it('keeps the images of a prompt beside the log, and serves them with the type that they have', async () => {
  const host = await startKonsole();
  const { konsole, at, prompt, files } = host;
  const stream = await host.stream();
  const sha256 = createHash('sha256').update(PNG).digest('hex');
  const content = [
    { type: 'text', text: '/images' },
    { type: 'image', mimeType: 'image/png', data: PNG.toString('base64') },
  ];
  expect((await prompt(content)).status).toBe(202);
  expect(readFileSync(files.inbox, 'utf8')).toContain(sha256);
  expect(readFileSync(files.inbox, 'utf8')).not.toContain(PNG.toString('base64'));
  await stream.untilKind('complete');
  const image = await konsole.get(at(`/attachments/${sha256}`));
  expect(image).toMatchObject({
    status: 200,
    headers: { 'content-type': 'image/png', 'content-length': String(PNG.length) },
  });
  const missing = await konsole.get(at(`/attachments/${'0'.repeat(64)}`));
  expect(missing.status).toBe(404);
  expect(missing.json).toEqual(failure('ATTACHMENT_NOT_FOUND'));
  expect((await konsole.get(at('/attachments/..%2F..%2Fsession.json'))).status).toBe(404);
});

it('takes an image of the largest size, and refuses one that is larger', async () => {
  const host = await startKonsole();
  const { prompt } = host;
  const bytes = Buffer.alloc(LIMITS.maxImageBytes);
  PNG.copy(bytes);
  const image = (data: Buffer) => [{ type: 'image', mimeType: 'image/png', data: data.toString('base64') }];
  expect((await prompt(image(bytes))).status).toBe(202);
  const refused = await prompt(image(Buffer.concat([bytes, Buffer.alloc(3)])));
  expect(refused.status).toBe(413);
  expect(refused.json).toEqual(failure('ATTACHMENT_TOO_LARGE'));
});

it('refuses a prompt when too many are waiting', async () => {
  const host = await startKonsole();
  const { prompt } = host;
  const stream = await host.stream();
  await prompt('/hang');
  await stream.untilKind('agent_message_chunk');
  for (let n = 0; n < LIMITS.maxQueuedPrompts; n++) expect((await prompt(`/stream ${n}`)).status).toBe(202);
  const refused = await prompt('/stream 1');
  expect(refused.status).toBe(429);
  expect(refused.json).toEqual(failure('TOO_MANY'));
});
