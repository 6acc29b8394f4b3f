import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  newId,
  parseSessionEvent,
  PromptId,
  RunId,
  RequestId,
  type SessionEvent,
  type SessionId,
} from '@konui/protocol';
import { expect, it } from 'vitest';
import { ConsoleClient } from '../../test-support/console-client.ts';
import { useWholePath } from '../../test-support/use-whole-path.ts';

const own = useWholePath();

async function connect(query = '', path = '/api/console/ws'): Promise<ConsoleClient> {
  const { url } = await own.gateway.record();
  return own
    .closing(new ConsoleClient(`${url.replace('http', 'ws')}${path}?token=${own.gateway.token()}&${query}`))
    .opened();
}

function prompt(client: ConsoleClient, text: string): PromptId {
  const id = newId(PromptId);
  client.send({ type: 'prompt', text, id });
  return id;
}

const outputOf = (client: ConsoleClient): string =>
  client
    .all('output')
    .map(({ content }) => content)
    .join('');

/** What the agent said, from the log itself. */
function saidIn(sessionId: SessionId): string {
  const lines = readFileSync(join(own.home, 'sessions', sessionId, 'log.ndjson'), 'utf8').split('\n');
  const events = lines.map(parseSessionEvent).filter((event): event is SessionEvent => event !== undefined);
  const chunks = events.filter(({ kind }) => kind === 'agent_message_chunk');
  return chunks.map((event) => JSON.parse(JSON.stringify(event)).content.text).join('');
}

it('A3, A4: a prompt, its output and its complete; another console is told of the prompt and sees the same', async () => {
  const older = await own.createSession();
  const sessionId = await own.createSession();
  const [one, two] = [await connect(), await connect(`session=${sessionId}`, '/ws/console')];
  expect(await one.message('session')).toMatchObject({ sessionId });
  expect(older).not.toBe(sessionId);
  const id = prompt(one, '/stream 40');
  const complete = { success: true, aborted: false, stopReason: 'end_turn', actualSessionId: sessionId };
  for (const client of [one, two]) expect(await client.message('complete')).toMatchObject(complete);
  for (const client of [one, two]) await client.message('status', ({ state, seq }) => state === 'idle' && seq > 1);
  expect(outputOf(one)).toBe(saidIn(sessionId));
  expect(two.all('inject_prompt')).toMatchObject([{ id, text: '/stream 40', origin: { type: 'person' } }]);
  expect(one.all('inject_prompt')).toEqual([]);
  expect(one.all('status').filter((status) => status.id === id)).toMatchObject([{ state: 'working' }]);
  expect(one.all('output')).toEqual(two.all('output'));
});

it('[CON5] C7: asks both consoles for a permission; the first answer wins, and the other sees that it is closed', async () => {
  const sessionId = await own.createSession();
  const [one, two] = [await connect(`session=${sessionId}`), await connect(`session=${sessionId}`)];
  prompt(one, '/run echo hello');
  const [request] = await Promise.all([one.message('permission_request'), two.message('permission_request')]);
  const { requestId, seq } = request;
  const late = await connect(`session=${sessionId}`);
  expect(await late.message('permission_request')).toEqual(request);
  await late.message('status', ({ state }) => state === 'waiting');
  const option = request.options.find(({ kind }) => kind === 'allow_once');
  two.send({ type: 'permission', requestId, optionId: option?.optionId });
  for (const client of [one, two, late]) {
    const closed = await client.message('status', (status) => status.requestId === requestId);
    expect(closed).toMatchObject({ state: 'working' });
    expect(closed.seq).toBeGreaterThan(seq);
    await client.message('complete', ({ success }) => success);
    expect(client.all('permission_request')).toHaveLength(1);
  }
  one.send({ type: 'permission', requestId, allow: false });
  expect(await one.message('error')).toMatchObject({ code: 'PERMISSION_NOT_FOUND', requestId });
  const [call] = one.all('tool_call');
  expect(call).toMatchObject({ name: expect.stringContaining('echo hello') });
});

it('A10: cancel ends the run with one complete that says aborted, and another cancel finds no run', async () => {
  const sessionId = await own.createSession();
  const client = await connect(`session=${sessionId}`);
  prompt(client, '/stream 5000');
  await client.message('output');
  client.send({ type: 'cancel', runId: newId(RunId) });
  expect(await client.message('error')).toMatchObject({ code: 'NO_ACTIVE_RUN' });
  const { runId } = await client.message('status', (status) => status.runId !== undefined);
  client.send({ type: 'cancel', runId });
  await client.message('status', ({ state }) => state === 'stopped');
  expect(client.all('complete')).toMatchObject([{ aborted: true, success: false, stopReason: 'cancelled' }]);
  client.send({ type: 'cancel' });
  await client.until(() => client.all('error').length === 2, 'the refusal');
  expect(client.all('error').at(-1)).toMatchObject({ code: 'NO_ACTIVE_RUN' });
});

it('A9: a console that resumes after its last seq in mid-stream misses nothing and gets nothing twice', async () => {
  const sessionId = await own.createSession();
  const before = await connect(`session=${sessionId}`);
  prompt(before, '/stream 300');
  await before.until(() => before.all('output').length >= 20, 'some of it');
  before.close();
  const seen = before.all('output');
  const epoch = before.all('session').at(-1)?.epoch;
  const after = await connect(`session=${sessionId}&after=${seen.at(-1)?.seq}&epoch=${epoch}`);
  await after.message('complete', ({ success }) => success);
  const seqs = [...seen, ...after.all('output')].map(({ seq }) => seq);
  expect(seqs).toEqual([...new Set(seqs)].toSorted((one, other) => one - other));
  expect(outputOf(before) + outputOf(after)).toBe(saidIn(sessionId));
  // It began before the cursor, and the client knows it.
  expect(after.all('inject_prompt')).toEqual([]);
});

it('[CON6] a prompt that waits is told when it is accepted, and begins when its turn comes', async () => {
  const sessionId = await own.createSession();
  const [one, two] = [await connect(`session=${sessionId}`), await connect(`session=${sessionId}`)];
  prompt(one, '/run echo one');
  const { requestId } = await one.message('permission_request');
  const id = prompt(two, '/stream 5');
  await two.message('status', (status) => status.id === id && status.state === 'waiting');
  await one.message('inject_prompt', (injected) => injected.id === id);
  one.send({ type: 'permission', requestId, allow: true });
  for (const client of [one, two]) {
    await client.message('status', (status) => status.id === id && status.state === 'working');
    await client.until(() => client.all('complete').length === 2, 'both runs');
  }
  expect(one.all('inject_prompt')).toHaveLength(1);
  expect(two.all('inject_prompt').map(({ text }) => text)).toEqual(['/run echo one']);
});

it('A2: the socket stays open when the agent crashes and when its quota is used up, and says why', async () => {
  const sessionId = await own.createSession();
  const client = await connect(`session=${sessionId}`);
  prompt(client, '/crash');
  expect(await client.message('complete')).toMatchObject({ success: false, stopReason: 'agent_exited' });
  expect(client.all('error')).toMatchObject([{ code: 'AGENT_EXITED' }]);
  prompt(client, '/limit');
  const limited = await client.message('status', ({ state }) => state === 'limited');
  expect(limited.message).toContain('quota');
  await client.until(() => client.all('complete').length === 2, 'the end of the second run');
  expect(client.all('complete').at(-1)).toMatchObject({ success: false, aborted: false });
  prompt(client, '/stream 5');
  await client.message('complete', ({ success }) => success);
  expect(client.closed).toBeUndefined();
  const states = client.all('status').map(({ state }) => state);
  expect(states).toEqual(['idle', 'working', 'idle', 'working', 'limited', 'working', 'idle']);
});

it('A2: the socket stays open through kill -9 of the host, with nothing missing and nothing twice', async () => {
  const sessionId = await own.createSession();
  const client = await connect(`session=${sessionId}`);
  prompt(client, '/stream 300');
  await client.until(() => client.all('output').length >= 20, 'some of it');
  await own.konsole.die();
  await own.konsole.startAgain();
  await client.message('complete', ({ success }) => success);
  expect(outputOf(client)).toBe(saidIn(sessionId));
  expect(client.all('session').map(({ epoch }) => epoch)).toEqual([null, expect.any(String)]);
});

it('A9, [CMD1]: a console goes on after kill -9 of the gateway, and a prompt that it sends again runs once', async () => {
  const sessionId = await own.createSession();
  const before = await connect(`session=${sessionId}`);
  const id = prompt(before, '/stream 300');
  await before.until(() => before.all('output').length >= 20, 'some of it');
  await own.gateway.end('SIGKILL');
  expect((await before.untilClosed()).code).toBe(1006);
  await own.startGateway();
  const seen = before.all('output');
  const epoch = before.all('session').at(-1)?.epoch;
  const after = await connect(`session=${sessionId}&after=${seen.at(-1)?.seq}&epoch=${epoch}`);
  after.send({ type: 'prompt', text: '/stream 300', id });
  await after.message('complete', ({ success }) => success);
  await after.message('status', ({ state, seq }) => state === 'idle' && seq > (seen.at(-1)?.seq ?? 0));
  expect(outputOf(before) + outputOf(after)).toBe(saidIn(sessionId));
  expect(after.all('complete')).toHaveLength(1);
  expect([...after.all('inject_prompt'), ...after.all('error')]).toEqual([]);
});

it('A10: a stop ends an agent that ignores it, with one complete, and the socket takes the next prompt', async () => {
  const client = await connect(`session=${await own.createSession()}`);
  prompt(client, '/hang');
  await client.message('output');
  client.send({ type: 'cancel' });
  await client.message('status', ({ state }) => state === 'stopped');
  prompt(client, '/stream 3');
  await client.message('complete', ({ success }) => success);
  expect(client.all('complete')).toMatchObject([{ aborted: true, success: false }, { aborted: false }]);
});

it('[CON7] what cannot be done gets one error with its code, which quotes it, and the socket stays open', async () => {
  const client = await connect(`session=${await own.createSession()}`);
  await client.message('status');
  const [wrongType, unknown, requestId] = [newId(PromptId), newId(PromptId), newId(RequestId)];
  const [text, missing] = [Buffer.from('no image').toString('base64'), { attachment: '0'.repeat(64) }];
  client.send({ type: 'prompt', text: 'x', images: [{ mimeType: 'image/png', data: text }], id: wrongType });
  client.send({ type: 'prompt', text: 'x', images: [missing], id: unknown });
  client.send({ type: 'permission', requestId, allow: true });
  client.send({ type: 'inject', text: '/stream 1', idempotencyKey: 'once' });
  await client.message('accepted');
  client.send({ type: 'inject', text: '/stream 2', idempotencyKey: 'once' });
  await client.message('error', ({ idempotencyKey }) => idempotencyKey === 'once');
  await client.message('complete');
  client.send({ type: 'cancel' });
  await client.message('error', (error) => error.code === 'NO_ACTIVE_RUN');
  const about = client
    .all('error')
    .map(({ code, id, requestId: answer, idempotencyKey }) => [code, id ?? answer ?? idempotencyKey]);
  expect(Object.fromEntries(about)).toEqual({
    ATTACHMENT_TYPE: wrongType,
    ATTACHMENT_NOT_FOUND: unknown,
    PERMISSION_NOT_FOUND: requestId,
    IDEMPOTENCY_CONFLICT: 'once',
    NO_ACTIVE_RUN: undefined,
  });
  expect(about).toHaveLength(5);
});
