import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { CommandId, newId, SessionStateView } from '@konui/protocol';
import { expect, it } from 'vitest';
import { by, startKonsole } from './testing/konsole-with-session.ts';
import { addScriptedAgent, SCRIPTED } from './testing/scripted-agent.ts';
import { createTempHome } from './testing/temp-home.ts';

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.from('pixels')]);

const failure = (code: string) => ({ error: { code, message: expect.any(String) } });

/** A session whose run goes on until it is stopped, with prompts behind it. */
async function startWithWaiting(...texts: string[]) {
  const host = await startKonsole();
  const stream = await host.stream();
  await host.prompt('/every 20 100000');
  await stream.untilKind('agent_message_chunk');
  const waiting = texts.map(() => newId(CommandId));
  for (const [index, id] of waiting.entries()) await host.prompt(texts[index], id);
  const answerTo = (commandId: string) => stream.until(({ data }) => data.includes(`"commandId":"${commandId}"`));
  for (const id of waiting) await answerTo(id);
  const view = async () => SessionStateView.parse((await host.konsole.get(host.at('/state'))).json);
  return { ...host, stream, waiting, answerTo, view };
}

it('[HOST8] fills in the version of the queue, also for changes in quick succession', async () => {
  const host = await startWithWaiting('/stream 1', '/stream 2', '/stream 3');
  const [first, second, third] = host.waiting;
  const before = await host.view();
  expect(before.queue.map(({ promptId }) => promptId)).toEqual(host.waiting);
  const ids = [newId(CommandId), newId(CommandId), newId(CommandId)];
  const changes = [
    { action: 'remove', promptId: second },
    { action: 'move', promptId: third, before: first },
    { action: 'edit', promptId: first, content: 'other words' },
  ];
  const answers = await Promise.all(changes.map((change, index) => host.queue(change, ids[index])));
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
  for (const id of ids) expect((await host.answerTo(id)).data).not.toContain('command_rejected');
  const after = await host.view();
  expect(after).toMatchObject({
    queue: [{ promptId: third }, { promptId: first, content: [{ type: 'text', text: 'other words' }] }],
    queueHold: null,
    queueVersion: before.queueVersion + 3,
  });
  expect((await host.queue(changes[0], ids[0])).json).toEqual({ commandId: ids[0], known: true });
});

it('[QUE1] [HOST8] refuses what the log already shows to be impossible', async () => {
  const host = await startWithWaiting('/stream 1');
  const [waiting] = host.waiting;
  const { queueVersion } = await host.view();
  const nobody = newId(CommandId);
  const refused: [object, string][] = [
    [{ action: 'remove', promptId: nobody }, 'PROMPT_NOT_QUEUED'],
    [{ action: 'move', promptId: waiting, before: nobody }, 'PROMPT_NOT_QUEUED'],
    [{ action: 'remove', promptId: waiting, queueVersion: queueVersion - 1 }, 'QUEUE_CHANGED'],
    [{ action: 'edit', promptId: waiting, queueVersion: queueVersion + 1, content: 'x' }, 'QUEUE_CHANGED'],
  ];
  for (const [change, code] of refused) {
    const answer = await host.queue(change);
    expect({ status: answer.status, json: answer.json }).toEqual({ status: 409, json: failure(code) });
  }
  expect((await host.queue({ action: 'shuffle' })).json).toEqual(failure('INVALID_MESSAGE'));
  expect((await host.queue({ action: 'remove', promptId: waiting, queueVersion })).status).toBe(202);
});

it('keeps the images of an edited prompt beside the log', async () => {
  const host = await startWithWaiting('/stream 1');
  const sha256 = createHash('sha256').update(PNG).digest('hex');
  const content = [{ type: 'image', mimeType: 'image/png', data: PNG.toString('base64') }];
  const commandId = newId(CommandId);
  expect((await host.queue({ action: 'edit', promptId: host.waiting[0], content }, commandId)).status).toBe(202);
  expect((await host.answerTo(commandId)).data).toContain(sha256);
  expect(readFileSync(host.files.inbox, 'utf8')).not.toContain(PNG.toString('base64'));
  expect(await host.konsole.get(host.at(`/attachments/${sha256}`))).toMatchObject({ status: 200 });
});

it('[QUE2] holds what waits after a stop, shows why, and goes on when it is told to', async () => {
  const host = await startWithWaiting('/stream 2');
  await host.konsole.post(host.at('/stop'), { commandId: newId(CommandId), by });
  await host.stream.untilKind('queue_held');
  expect(await host.view()).toMatchObject({ queueHold: { reason: 'stopped' }, isProcessing: false });
  expect((await host.konsole.get(host.at(''))).json).toMatchObject({
    status: 'idle',
    queuedPrompts: 1,
    queueHold: 'stopped',
  });
  expect((await host.queue({ action: 'resume' })).status).toBe(202);
  await host.stream.until(({ data }) => data.includes('"success":true'));
});

it('[ELI1] passes an answer to a question on, and refuses one to a question that is not open', async () => {
  const paths = createTempHome();
  addScriptedAgent(
    paths,
    `const given = await ask('elicitation/create', {
       mode: 'form', message: 'Which colour?',
       requestedSchema: { type: 'object', properties: { colour: { type: 'string' } } },
     });
     say(JSON.stringify(given));
     answer({ stopReason: 'end_turn' });`,
  );
  const host = await startKonsole(paths, { provider: SCRIPTED });
  const stream = await host.stream();
  await host.prompt('go');
  const { requestId } = JSON.parse((await stream.untilKind('elicitation_request')).data);
  const state = SessionStateView.parse((await host.konsole.get(host.at('/state'))).json);
  expect(state.pendingElicitations).toMatchObject([{ requestId, message: 'Which colour?' }]);
  expect((await host.konsole.get(host.at(''))).json).toMatchObject({ status: 'waiting', pendingElicitations: 1 });

  const answer = { commandId: newId(CommandId), by, requestId, action: 'accept', content: { colour: 'blue' } };
  expect(await host.konsole.post(host.at('/elicitation'), answer)).toMatchObject({ status: 202 });
  expect((await stream.untilKind('agent_message_chunk')).data).toContain('blue');
  await stream.untilKind('complete');
  expect((await host.konsole.post(host.at('/elicitation'), answer)).json).toMatchObject({ known: true });
  const late = await host.konsole.post(host.at('/elicitation'), { ...answer, commandId: newId(CommandId) });
  expect({ status: late.status, json: late.json }).toEqual({ status: 409, json: failure('ELICITATION_NOT_FOUND') });
});
