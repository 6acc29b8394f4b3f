import { newId, PromptId } from '@konui/protocol';
import { describe, expect, it } from 'vitest';
import { useKontaskGateways } from '../test-support/use-kontask-gateways.ts';

const open = useKontaskGateways();

const choices = [{ label: 'Go on', value: 'go on with it', primary: true }];

describe('[KON1] /api/kontasks', () => {
  it('creates, lists, shows, changes and removes, and every client hears of it', async () => {
    const { ask, connect } = await open();
    const socket = await connect();
    const created = await ask('POST', '', { title: 'Build 17', tags: ['ci'], context: { output: '<p>ok</p>' } });
    expect(created).toMatchObject({ status: 201, json: { kontask: { status: 'completed' }, version: 1 } });
    const { id } = created.json.kontask;
    const frame = await socket.frame('kontask_upserted');
    expect(frame).toMatchObject({ kontask: { id, title: 'Build 17', isUnread: false } });
    expect(JSON.stringify(frame)).not.toContain('<p>ok</p>');
    expect((await ask('GET', '?tag=ci&q=buil')).json).toMatchObject({ total: 1, kontasks: [{ id }] });
    expect((await ask('GET', '/facets')).json.tags).toEqual(['ci']);
    expect((await ask('GET', `/${id}`)).headers.get('etag')).toBe('"1"');
    expect((await ask('PATCH', `/${id}`, { title: 'Build 18' }, { 'if-match': '"1"' })).json.version).toBe(2);
    expect((await ask('DELETE', `/${id}`)).status).toBe(204);
    expect(await socket.frame('kontask_removed')).toEqual({ kind: 'kontask_removed', kontaskId: id });
    expect(await ask('GET', `/${id}`)).toMatchObject({ status: 404, json: { error: { code: 'KONTASK_NOT_FOUND' } } });
  });

  it('[KON3] refuses a change that means an older version with 412', async () => {
    const { ask, create } = await open();
    await create();
    await ask('PATCH', '/k', { title: 'one' }, { 'if-match': '"1"' });
    const late = await ask('PATCH', '/k', { title: 'two' }, { 'if-match': '"1"' });
    expect(late).toMatchObject({ status: 412, json: { error: { code: 'KONTASK_CHANGED' } } });
    expect((await ask('PATCH', '/k', { title: 'two' }, { 'if-match': 'one' })).status).toBe(400);
  });

  it.each([
    ['no title', {}],
    ['an empty scope', { title: 'a', scope: '' }],
    ['a wrong status', { title: 'a', status: 'done' }],
    ['a commit that is no id', { title: 'a', context: { commitSha: '--help' } }],
    ['choices that are no list', { title: 'a', context: { choices: {} } }],
    ['an output of 10 MB', { title: 'a', context: { output: '<p>'.repeat(3_500_000) } }],
  ])('answers %s with a clear error, and stores nothing', async (_what, body) => {
    const { ask } = await open();
    const answer = await ask('POST', '', body);
    expect(answer.status).toBe(400);
    expect(answer.json.error).toMatchObject({ code: 'INVALID_MESSAGE', message: expect.stringMatching(/\w+: \w/) });
    expect((await ask('GET', '')).json.total).toBe(0);
  });

  it('B12: imports a kontask as it is, once', async () => {
    const { ask } = await open();
    const kontask = {
      id: 'old-1',
      type: 'general',
      status: 'completed',
      title: 'Old',
      description: '',
      context: { requestedAt: '2026-01-03T18:42:00.000Z', more: 1 },
      createdBy: 'claude',
      createdAt: '2026-01-03T08:42:14.263Z',
      updatedAt: '2026-01-03T08:42:14.417Z',
      tags: [],
      other: ['kept'],
    };
    expect(await ask('POST', '/import', kontask)).toMatchObject({ status: 201, json: { kontask } });
    expect((await ask('POST', '/import', kontask)).status).toBe(200);
    expect((await ask('POST', '/import', { ...kontask, title: 'New' })).json.error.code).toBe('IDEMPOTENCY_CONFLICT');
  });
});

describe('[KON5] a choice', () => {
  it('B5, B11: is sent as a prompt to the kontask’s session, once for an id however often it is sent', async () => {
    const { ask, create, project, host } = await open();
    const sessionId = project('/src/web');
    await create({ sessionId, context: { choices } });
    const promptId = newId(PromptId);
    const first = await ask('POST', '/k/choices/0', { promptId });
    expect(first).toMatchObject({ status: 202, json: { sessionId, promptId, choiceIndex: 0 } });
    expect((await ask('POST', '/k/choices/0', { promptId })).json).toEqual(first.json);
    const prompts = host.commands.filter(({ name }) => name === 'prompt');
    expect(new Set(prompts.map(({ body }) => body['commandId']))).toEqual(new Set([promptId]));
    expect(prompts[0]).toMatchObject({
      sessionId,
      body: { by: { type: 'kontask', kontaskId: 'k' }, content: [{ type: 'text', text: 'go on with it' }] },
    });
    await ask('POST', '/k/choices/0', { promptId: newId(PromptId) });
    expect((await ask('GET', '/k')).json.actions).toHaveLength(2);
  });

  it('B5: is not sent where it stands for something else than the button that was pressed', async () => {
    const { ask, create, project, host } = await open();
    const sessionId = project('/src/web');
    await create({ sessionId, context: { choices } });
    const promptId = newId(PromptId);
    const refused = await ask('POST', '/k/choices/0', { promptId, value: 'delete it all' });
    expect(refused).toMatchObject({ status: 412, json: { error: { code: 'KONTASK_CHANGED' } } });
    expect(host.commands.filter(({ name }) => name === 'prompt')).toEqual([]);
    expect((await ask('POST', '/k/choices/0', { promptId, value: 'go on with it' })).status).toBe(202);
  });

  it('B11: goes to the session of the scope’s project that changed last, else asks which', async () => {
    const { ask, create, project } = await open();
    const sessionId = project('/home/someone/vibetools');
    await create({ scope: 'vibetools', context: { choices } });
    expect((await ask('POST', '/k/choices/0', { promptId: newId(PromptId) })).json).toMatchObject({ sessionId });
    await ask('PATCH', '/k', { scope: 'elsewhere' });
    const lost = await ask('POST', '/k/choices/0', { promptId: newId(PromptId) });
    expect(lost).toMatchObject({ status: 409, json: { error: { code: 'SESSION_REQUIRED' } } });
    const chosen = await ask('POST', '/k/choices/0', { promptId: newId(PromptId), sessionId });
    expect(chosen.status).toBe(202);
  });

  it('is refused under the id of one that went to another session', async () => {
    const { ask, create, project, host } = await open();
    const [sessionId, other] = [project('/src/web'), project('/src/api')];
    await create({ sessionId, context: { choices } });
    const promptId = newId(PromptId);
    expect((await ask('POST', '/k/choices/0', { promptId, sessionId })).status).toBe(202);
    const refused = await ask('POST', '/k/choices/0', { promptId, sessionId: other });
    expect(refused).toMatchObject({ status: 409, json: { error: { code: 'IDEMPOTENCY_CONFLICT' } } });
    expect((await ask('POST', '/k/choices/0', { promptId })).json).toMatchObject({ sessionId });
    expect(new Set(host.commands.map((command) => command.sessionId))).toEqual(new Set([sessionId]));
  });

  it('that comes twice at once is taken once', async () => {
    const { ask, create, project } = await open();
    project('/src/web');
    await create({ scope: 'web', context: { choices } });
    const promptId = newId(PromptId);
    const answers = await Promise.all([0, 1].map(() => ask('POST', '/k/choices/0', { promptId })));
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    expect((await ask('GET', '/k')).json.actions).toHaveLength(1);
  });

  it('is refused where there is none, and where its session is gone', async () => {
    const { ask, create } = await open();
    await create({ context: { choices }, sessionId: '00000000-0000-4000-8000-000000000000' });
    const promptId = newId(PromptId);
    expect((await ask('POST', '/k/choices/1', { promptId })).json.error.code).toBe('CHOICE_NOT_FOUND');
    expect((await ask('POST', '/k/choices/0', { promptId })).json.error.code).toBe('SESSION_NOT_FOUND');
    // It did not come to anything, so it is not told as taken either.
    expect((await ask('GET', '/k')).json.actions).toEqual([]);
  });
});

it('[KON6] B4: the report is a document of its own that may run nothing, and is sandboxed outside of a frame', async () => {
  const { fetch, create } = await open();
  await create({ context: { output: '<script>1</script><pre><--SSE--></pre>' } });
  const framed = await fetch('/api/kontasks/k/report', { headers: { 'sec-fetch-dest': 'iframe' } });
  expect(framed.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(framed.headers.get('x-frame-options')).toBe('SAMEORIGIN');
  expect(await framed.text()).toContain('<pre><--SSE--></pre>');
  const alone = await fetch('/api/kontasks/k/report');
  expect(alone.headers.get('content-security-policy')).toContain('; sandbox');
});

describe('bad input', () => {
  const promptId = newId(PromptId);
  const claim = { claimId: newId(PromptId), by: 'claude' };
  it.each([
    ['GET', '/none', undefined],
    ['PATCH', '/none', { title: 'a' }],
    ['DELETE', '/none', undefined],
    ['POST', '/none/claim', claim],
    ['POST', '/none/read', undefined],
    ['POST', '/none/choices/0', { promptId }],
    ['GET', '/none/commit', undefined],
    ['GET', '/none/report', undefined],
  ])('%s %s: there is no such kontask', async (method, path, body) => {
    const { ask } = await open();
    expect(await ask(method, path, body)).toMatchObject({
      status: 404,
      json: { error: { code: 'KONTASK_NOT_FOUND' } },
    });
  });

  it.each([
    ['a wrong status', { status: 'done' }],
    ['a title of no letters', { title: '  ' }],
    ['tags that are no list', { tags: 'ci' }],
    ['a commit that is no id', { context: { commitSha: '--help' } }],
    ['an output of 10 MB', { title: 'changed too', context: { output: '<p>'.repeat(3_500_000) } }],
  ])('a change with %s is refused, and nothing of it is stored', async (_what, body) => {
    const { ask, create } = await open();
    await create();
    const refused = await ask('PATCH', '/k', body);
    expect(refused).toMatchObject({ status: 400, json: { error: { code: 'INVALID_MESSAGE' } } });
    expect((await ask('GET', '/k')).json).toMatchObject({ version: 1, kontask: { title: 'A report' } });
  });

  it('a body of more than any kontask is refused before it is read', async () => {
    const { ask } = await open();
    const answer = await ask('POST', '', { title: 'a', context: { output: 'x'.repeat(13_000_000) } });
    expect(answer).toMatchObject({ status: 413, json: { error: { code: 'FRAME_TOO_LARGE' } } });
    expect((await ask('GET', '')).json.total).toBe(0);
  });

  it('a body that is no JSON, an index that is no number and a prompt without an id are refused', async () => {
    const { ask, create, fetch, host } = await open();
    await create({ context: { choices } });
    expect((await fetch('/api/kontasks', { method: 'POST', body: '{' })).status).toBe(400);
    expect((await ask('POST', '/k/choices/first', { promptId })).json.error.code).toBe('CHOICE_NOT_FOUND');
    expect((await ask('POST', '/k/choices/0', {})).json.error.code).toBe('INVALID_MESSAGE');
    expect((await ask('POST', '/k/choices/0', { promptId: 'x' })).json.error.code).toBe('INVALID_MESSAGE');
    expect(host.commands).toEqual([]);
  });

  it('[KON4] a second claim is refused, and so is the claim of what nobody asked for', async () => {
    const { ask, create } = await open();
    await create();
    expect((await ask('POST', '/k/claim', claim)).json.error.code).toBe('KONTASK_STATE');
    await create({ id: 'request', targetUser: 'claude' });
    expect((await ask('POST', '/request/claim', claim)).status).toBe(200);
    const second = await ask('POST', '/request/claim', { ...claim, claimId: newId(PromptId) });
    expect(second).toMatchObject({ status: 409, json: { error: { code: 'KONTASK_STATE' } } });
  });

  it('a commit says whether the kontask names none, its session is gone, or its project is not known', async () => {
    const { ask, create } = await open();
    const codeOf = async (id: string) => (await ask('GET', `/${id}/commit`)).json.error.code;
    const context = { commitSha: 'deadbeef' };
    await create({ id: 'none' });
    await create({ id: 'gone', sessionId: '00000000-0000-4000-8000-000000000000', context });
    await create({ id: 'elsewhere', scope: 'elsewhere', context });
    await create({ id: 'nowhere', context });
    const codes = await Promise.all(['none', 'gone', 'elsewhere', 'nowhere'].map(codeOf));
    expect(codes).toEqual(['COMMIT_NOT_FOUND', 'SESSION_NOT_FOUND', 'REPOSITORY_UNKNOWN', 'REPOSITORY_UNKNOWN']);
  });
});
