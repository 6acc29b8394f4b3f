import { newId, PromptId, type SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

async function open() {
  const gateway = await start();
  const { host } = gateway;
  const inject = async (body: object, token = gateway.token) => {
    const answer = await gateway.fetch('/api/console/inject', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: answer.status, retryAfter: answer.headers.get('retry-after'), json: await answer.json() };
  };
  const prompts = () => host.commands.filter(({ name }) => name === 'prompt');
  const changes = () => host.commands.filter(({ name }) => name === 'queue').map(({ body }) => body['change']);
  const newToken = async (fields: object): Promise<string> => {
    const answer = await gateway.fetch('/api/access-tokens', { method: 'POST', body: JSON.stringify(fields) });
    return (await answer.json()).token;
  };
  return { ...gateway, inject, prompts, changes, newToken };
}

/** The log of a session whose open run answers an injected prompt. */
function beginInjectedRun(host: Awaited<ReturnType<typeof open>>['host'], sessionId: SessionId, depth: number): void {
  const promptId = newId(PromptId);
  const origin = { type: 'inject', name: 'make', depth };
  host.append(sessionId, [
    { kind: 'prompt', promptId, commandId: promptId, origin, content: [{ type: 'text', text: 'a' }] },
    { kind: 'run_started', runId: newId(PromptId), promptId },
  ]);
}

it('[INJ1] A11: becomes a prompt with its origin, in the session that is named', async () => {
  const { inject, prompts, newSession } = await open();
  const sessionId = newSession();
  const answer = await inject({ sessionId, text: '3 tests failed', origin: 'make test' });
  expect(answer).toMatchObject({ status: 202, json: { sessionId, promptId: expect.any(String), policy: 'queue' } });
  expect(prompts()).toMatchObject([
    {
      sessionId,
      body: {
        commandId: answer.json.promptId,
        by: { type: 'inject', name: 'make test', depth: 1 },
        content: [{ type: 'text', text: '3 tests failed' }],
      },
    },
  ]);
});

it('[INJ2] is done once for an idempotency key, and refused with other content', async () => {
  const { inject, prompts, newSession } = await open();
  const request = { sessionId: newSession(), text: 'once', idempotencyKey: 'build-17' };
  const first = await inject(request);
  expect(await inject(request)).toEqual(first);
  expect(new Set(prompts().map(({ body }) => body['commandId'])).size).toBe(1);
  const other = await inject({ ...request, text: 'twice' });
  expect(other).toMatchObject({ status: 409, json: { error: { code: 'IDEMPOTENCY_CONFLICT' } } });
});

it('[INJ1] interrupts the run, or waits in front of what waits', async () => {
  const { inject, changes, newSession, host } = await open();
  const sessionId = newSession();
  const waiting = newId(PromptId);
  const origin = { type: 'person' };
  host.append(sessionId, [
    { kind: 'prompt_queued', commandId: waiting, promptId: waiting, origin, content: [{ type: 'text', text: 'b' }] },
  ]);
  const now = await inject({ sessionId, text: 'now', policy: 'interrupt' });
  const next = await inject({ sessionId, text: 'next', policy: 'steer' });
  expect(changes()).toEqual([
    { action: 'send_now', promptId: now.json.promptId },
    { action: 'move', promptId: next.json.promptId, before: waiting },
  ]);
});

it('[INJ3] takes a token with the right inject alone, for its sessions, so often and no more often', async () => {
  const { inject, newToken, newSession } = await open();
  const [mine, other] = [newSession(), newSession()];
  const token = await newToken({ name: 'ci', rights: ['inject'], sessionIds: [mine] });
  expect((await inject({ sessionId: mine, text: 'a' }, token)).status).toBe(202);
  expect((await inject({ sessionId: other, text: 'a' }, token)).json.error.code).toBe('FORBIDDEN');
  const reading = await newToken({ name: 'reader', rights: ['read'] });
  expect((await inject({ sessionId: mine, text: 'a' }, reading)).status).toBe(403);
  let last = await inject({ sessionId: mine, text: 'a' }, token);
  for (let count = 0; count < 40 && last.status === 202; count++)
    last = await inject({ sessionId: mine, text: 'a' }, token);
  expect(last).toMatchObject({ status: 429, json: { error: { code: 'TOO_MANY' } } });
  const [, seconds] = /try again in (\d+) s$/.exec(last.json.error.message) ?? [];
  expect(last.retryAfter).toBe(seconds);
});

it('[INJ4] refuses what a run injects that injected prompts led to over and over, in words', async () => {
  const { inject, newSession, host } = await open();
  const [cause, target] = [newSession(), newSession()];
  beginInjectedRun(host, cause, 2);
  expect((await inject({ sessionId: target, text: 'a', causedBy: cause })).status).toBe(202);
  beginInjectedRun(host, cause, 3);
  const refused = await inject({ sessionId: target, text: 'a', causedBy: cause });
  expect(refused).toMatchObject({ status: 409, json: { error: { code: 'INJECT_LOOP' } } });
  expect(refused.json.error.message).toContain('a person has to send the next one');
});

it.each([
  ['no text', {}],
  ['an empty text', { text: '' }],
  ['an unknown policy', { text: 'a', policy: 'now' }],
  ['an id that is none', { text: 'a', sessionId: 'x' }],
])('answers %s with INVALID_MESSAGE', async (_what, body) => {
  const { inject, prompts } = await open();
  expect((await inject(body)).json.error.code).toBe('INVALID_MESSAGE');
  expect(prompts()).toEqual([]);
});

it('answers a session that is not there, and no session at all, with SESSION_NOT_FOUND', async () => {
  const { inject } = await open();
  const gone = await inject({ sessionId: '00000000-0000-4000-8000-000000000000', text: 'a' });
  expect(gone).toMatchObject({ status: 404, json: { error: { code: 'SESSION_NOT_FOUND' } } });
  expect((await inject({ text: 'a' })).json.error.code).toBe('SESSION_NOT_FOUND');
});

it('[INJ5] holds back what a token injects that needs a review, until a person sends it', async () => {
  const { inject, prompts, newToken, newSession, fetch } = await open();
  const sessionId = newSession();
  const token = await newToken({ name: 'build server', rights: ['inject'], needsReview: true });
  const body = { sessionId, text: 'Deploy it.\nNow.', idempotencyKey: 'one' };
  const answer = await inject(body, token);
  expect(answer).toMatchObject({ status: 202, json: { sessionId, promptId: null, kontaskId: expect.any(String) } });
  expect(await inject(body, token)).toEqual(answer);
  expect((await inject({ ...body, text: 'another' }, token)).json).toMatchObject({
    error: { code: 'IDEMPOTENCY_CONFLICT' },
  });
  expect(prompts()).toEqual([]);
  const { kontaskId } = answer.json;
  const get = async () => (await fetch(`/api/kontasks/${kontaskId}`)).json();
  expect((await get()).kontask).toMatchObject({
    type: 'inject-review',
    status: 'requested',
    title: 'build server: Deploy it.',
    targetUser: 'person',
    context: { choices: [{ label: 'Send', value: body.text, primary: true }] },
  });
  const choice = JSON.stringify({ promptId: newId(PromptId) });
  expect((await fetch(`/api/kontasks/${kontaskId}/choices/0`, { method: 'POST', body: choice })).status).toBe(202);
  expect(prompts()).toMatchObject([
    { sessionId, body: { by: { type: 'kontask', kontaskId }, content: [{ text: body.text }] } },
  ]);
  expect((await get()).kontask.status).toBe('completed');
});

it('[INJ5] leaves such a token no other way, and refuses what cannot be reviewed', async () => {
  const { inject, prompts, newToken, newSession, fetch, connectConsole } = await open();
  const sessionId = newSession();
  const fields = { name: 'build server', needsReview: true };
  const refused = { method: 'POST', body: JSON.stringify({ ...fields, rights: ['inject', 'prompt'] }) };
  expect((await fetch('/api/access-tokens', refused)).status).toBe(400);
  expect((await fetch('/api/access-tokens', { ...refused, body: JSON.stringify(fields) })).status).toBe(400);
  const token = await newToken({ ...fields, rights: ['inject', 'read'] });
  const headers = { authorization: `Bearer ${token}` };
  const request = { method: 'POST', headers, body: JSON.stringify({ title: 'a', targetUser: 'demo' }) };
  expect((await fetch('/api/kontasks', request)).status).toBe(403);
  const image = { mimeType: 'image/png', data: 'AAAA' };
  expect((await inject({ sessionId, text: 'a', images: [image] }, token)).status).toBe(400);
  expect((await inject({ sessionId, text: 'a'.repeat(100_001) }, token)).status).toBe(400);
  const socket = await connectConsole(`session=${sessionId}`, { as: token });
  socket.send({ type: 'inject', text: 'over the socket' });
  await expect
    .poll(async () => (await (await fetch('/api/kontasks?type=inject-review')).json()).kontasks)
    .toMatchObject([{ title: 'build server: over the socket' }]);
  expect(prompts()).toEqual([]);
});
