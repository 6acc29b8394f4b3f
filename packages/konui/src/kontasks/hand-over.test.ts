import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HandOverRule, type KontaskAnswer, NewKontask, newId, Provider, SessionId } from '@konui/protocol';
import { afterAll, expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';
import { findRule } from './hand-over-rules.ts';

const start = useTestGateways();
const HOME = mkdtempSync(join(tmpdir(), 'konui-hand-over-'));
const PROJECT = join(HOME, 'shop');
mkdirSync(PROJECT);
afterAll(() => rmSync(HOME, { recursive: true }));
const RULE = { targetUser: 'demo', provider: 'demo', projectPath: PROJECT };

async function open() {
  const gateway = await start();
  const { host } = gateway;
  host.providers = [{ provider: 'demo' }];
  const put = async (rules: readonly object[]): Promise<number> =>
    (await gateway.fetch('/api/settings/hand-over', { method: 'PUT', body: JSON.stringify({ value: { rules } }) }))
      .status;
  const create = async (fields: object = {}): Promise<string> => {
    const body = JSON.stringify({ title: 'Fix the cart', targetUser: 'demo', scope: 'shop', ...fields });
    const answer: KontaskAnswer = await (await gateway.fetch('/api/kontasks', { method: 'POST', body })).json();
    return answer.kontask.id;
  };
  const get = async (id: string): Promise<KontaskAnswer> => (await gateway.fetch(`/api/kontasks/${id}`)).json();
  const changesOf = async (id: string) => (await get(id)).history.map(({ change }) => change);
  const prompts = () => host.commands.filter(({ name }) => name === 'prompt');
  const newSession = (): SessionId => {
    const sessionId = gateway.newSession();
    host.projects.set(sessionId, PROJECT);
    return sessionId;
  };
  /** The session's state as the host's feed tells it. */
  const feedRest = async (sessionId: string): Promise<void> => {
    const rows = (await (await gateway.fetch('/api/providers/sessions')).json()).sessions;
    const session = rows.find((row: { sessionId: string }) => row.sessionId === sessionId);
    host.feed({ type: 'session_upserted', session });
  };
  return { ...gateway, put, create, get, changesOf, prompts, newSession, feedRest };
}

it('[KON8] B8: without a rule a request waits for whoever lists it, and starts nothing', async () => {
  const { create, get, prompts, host } = await open();
  const id = await create();
  expect((await get(id)).kontask.status).toBe('requested');
  expect(prompts()).toEqual([]);
  expect(host.requests).not.toContain('POST /sessions');
});

it('[KON8] B8: is claimed and becomes a prompt of its own origin, in the session of the project that changed last', async () => {
  const { put, create, get, changesOf, prompts, newSession } = await open();
  const sessionId = newSession();
  expect(await put([RULE])).toBe(204);
  const id = await create({ description: 'The total is wrong.' });
  await expect.poll(() => changesOf(id)).toContain(`handed over to demo in session ${sessionId}`);
  expect((await get(id)).kontask.status).toBe('in_progress');
  const [prompt, ...others] = prompts();
  expect(others).toEqual([]);
  expect(prompt).toMatchObject({ sessionId, body: { by: { type: 'kontask', kontaskId: id } } });
  const text = JSON.stringify(prompt?.body['content']);
  for (const part of [id, 'Fix the cart', 'The total is wrong.', 'kontask_complete']) expect(text).toContain(part);
});

it('[KON8] makes a session where the project has none, with the permission mode of the rule', async () => {
  const { put, create, changesOf, prompts, host } = await open();
  await put([{ ...RULE, modeId: 'plan' }]);
  const id = await create();
  await expect.poll(() => changesOf(id)).toHaveLength(3);
  const [made] = host.projects.keys();
  expect(host.requests.filter((request) => request === 'POST /sessions')).toHaveLength(1);
  expect(prompts()).toMatchObject([{ sessionId: made }]);
  expect(host.commands.find(({ name }) => name === 'configure')?.body['option']).toEqual({
    type: 'mode',
    modeId: 'plan',
  });
});

it('[KON8] with a permission mode it never goes to a person’s session, and chooses the mode each time', async () => {
  const { put, create, prompts, newSession, host } = await open();
  const own = newSession();
  await put([{ ...RULE, modeId: 'plan' }]);
  await create();
  await expect.poll(prompts).toHaveLength(1);
  const made = prompts()[0]?.sessionId;
  expect(made).not.toBe(own);
  await create();
  await expect.poll(prompts).toHaveLength(2);
  expect(prompts()[1]?.sessionId).toBe(made);
  const modes = host.commands.filter(({ name }) => name === 'configure');
  expect(modes.map(({ sessionId, body }) => [sessionId, body['option']])).toEqual([
    [made, { type: 'mode', modeId: 'plan' }],
    [made, { type: 'mode', modeId: 'plan' }],
  ]);
});

it('[KON8] hands over what came before the rule, once, and nothing of other projects or people', async () => {
  const { put, create, get, prompts, newSession } = await open();
  newSession();
  const ids = [await create(), await create({ scope: 'other' }), await create({ targetUser: 'somebody' })];
  await put([RULE]);
  await expect.poll(prompts).toHaveLength(1);
  await put([RULE]);
  await create({ scope: 'other' });
  const statuses = await Promise.all(ids.map(async (id) => (await get(id)).kontask.status));
  expect(statuses).toEqual(['in_progress', 'requested', 'requested']);
  expect(prompts()).toHaveLength(1);
});

it('[KON8] finishes with the same prompt in the same session when the host is back', async () => {
  const { put, create, changesOf, prompts, newSession, host } = await open();
  const sessionId = newSession();
  await put([RULE]);
  let release = (): void => undefined;
  host.gate = new Promise((resolve) => (release = resolve));
  const id = await create();
  await expect.poll(prompts).toHaveLength(1);
  await host.die();
  host.gate = Promise.resolve();
  newSession();
  await host.start();
  release();
  await expect.poll(() => changesOf(id)).toContain(`handed over to demo in session ${sessionId}`);
  expect(new Set(prompts().map(({ body }) => body['commandId'])).size).toBe(1);
  expect(new Set(prompts().map((prompt) => prompt.sessionId))).toEqual(new Set([sessionId]));
});

it('[KON8] stays in progress with a line in its history where the run ends without finishing it', async () => {
  const { put, create, get, changesOf, prompts, newSession, feedRest, host } = await open();
  const sessionId = newSession();
  await put([RULE]);
  const id = await create();
  await expect.poll(() => changesOf(id)).toHaveLength(3);
  const promptId = prompts()[0]?.body['commandId'];
  const runId = randomUUID();
  const origin = { type: 'kontask', kontaskId: id };
  host.append(sessionId, [
    { kind: 'prompt', promptId, commandId: promptId, origin, content: [{ type: 'text', text: 'a' }] },
    { kind: 'run_started', runId, promptId },
  ]);
  host.append(sessionId, [{ kind: 'complete', runId, stopReason: 'end_turn', success: true, aborted: false }]);
  await feedRest(sessionId);
  await expect.poll(() => changesOf(id)).toContain('the run ended ("end_turn") without finishing this');
  await feedRest(sessionId);
  expect(await changesOf(id)).toHaveLength(4);
  expect((await get(id)).kontask.status).toBe('in_progress');
});

it('[KON8] says in the history why it could not be handed over, and does not try for ever', async () => {
  const { put, create, changesOf, prompts, newSession, host } = await open();
  newSession();
  await put([RULE]);
  host.refuseWith = { code: 'SESSION_GONE', status: 410 };
  const id = await create();
  await expect.poll(() => changesOf(id)).toContain('not handed over to demo: refused');
  await put([RULE]);
  await create({ scope: 'other' });
  expect(prompts()).toHaveLength(1);
});

it('[KON8] a rule for an agent that there is not is refused; one whose agent is gone since stays, starts nothing and says why', async () => {
  const { put, create, get, changesOf, prompts, newSession, host, fetch } = await open();
  newSession();
  const body = JSON.stringify({ value: { rules: [{ ...RULE, provider: 'nobody' }] } });
  const refused = await fetch('/api/settings/hand-over', { method: 'PUT', body });
  expect([refused.status, await refused.json()]).toMatchObject([400, { error: { code: 'UNSUPPORTED_PROVIDER' } }]);
  expect(await put([RULE])).toBe(204);
  host.providers = [{ provider: 'other' }];
  expect(await put([RULE, { ...RULE, targetUser: 'me' }])).toBe(204);
  const id = await create();
  await expect.poll(() => changesOf(id)).toContain('not handed over to demo: there is no agent "demo"');
  expect((await get(id)).kontask.status).toBe('requested');
  expect(prompts()).toEqual([]);
});

it('[SET1] takes rules alone, from who may manage', async () => {
  const { put, fetch } = await open();
  expect(await put([{ ...RULE, projectPath: 'relative' }])).toBe(400);
  expect(await put([{ ...RULE, projectPath: `${PROJECT}/none` }])).toBe(400);
  expect(await put([{ ...RULE, projectPath: `${PROJECT}/` }])).toBe(400);
  expect(await put([{ ...RULE, more: 1 }])).toBe(400);
  expect(await put([RULE, RULE])).toBe(400);
  expect(await put([{ targetUser: 'x' }])).toBe(400);
  const body = JSON.stringify({ name: 'reader', rights: ['read'] });
  const { token } = await (await fetch('/api/access-tokens', { method: 'POST', body })).json();
  const answer = await fetch('/api/settings/hand-over', { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(403);
});

it('finds a rule by the scope of a request, else by the project of the session that it came from', () => {
  const rule = (projectPath: string): HandOverRule => ({
    targetUser: 'demo',
    provider: Provider.parse('demo'),
    projectPath,
  });
  const rules = [rule('/src/shop'), rule('/src/bank')];
  const { targetUser } = NewKontask.parse({ title: 'a', targetUser: 'demo', sessionId: newId(SessionId) });
  expect(findRule(rules, { targetUser, scope: 'bank' }, undefined)).toBe(rules[1]);
  expect(
    findRule([{ ...rule('/src/bank'), isPaused: true }], { targetUser, scope: 'bank' }, undefined),
  ).toBeUndefined();
  expect(findRule(rules, { targetUser, scope: '/src/bank' }, undefined)).toBe(rules[1]);
  expect(findRule(rules, { targetUser }, '/src/bank')).toBe(rules[1]);
  expect(findRule(rules, { targetUser }, '/src/other')).toBeUndefined();
  expect(findRule(rules, { targetUser }, undefined)).toBeUndefined();
});
