import { describe, expect, it } from 'vitest';
import { useKontaskGateways } from '../test-support/use-kontask-gateways.ts';

const open = useKontaskGateways();
const choices = [{ label: 'Go on', value: 'go on with it', primary: true }];

describe('[KON1] what is stored', () => {
  const huge = 'x'.repeat(500_000);

  it('[KON7] B12: is whole in the record, and bounded in the list and in what clients are told', async () => {
    const { ask, create, connect } = await open();
    const socket = await connect();
    const context = { choices, request: huge, output: huge };
    await create({ context, unheardOf: { of: huge } });
    const frame = await socket.frame('kontask_upserted');
    expect(JSON.stringify(frame).length).toBeLessThan(1000);
    const { json } = await ask('GET', '');
    expect(JSON.stringify(json).length).toBeLessThan(1000);
    expect(json.kontasks).toEqual([frame['kontask']]);
    expect((await ask('GET', '/k')).json.kontask).toMatchObject({ context, unheardOf: { of: huge } });
  });

  it('has a limit beside the output, which a change may not pass either', async () => {
    const { ask, create } = await open();
    const tooLarge = { status: 413, json: { error: { code: 'FRAME_TOO_LARGE' } } };
    const unheardOf = huge.repeat(5);
    const kontask = await create({ context: { output: 'ü'.repeat(2_000_000), request: huge } });
    expect(kontask).toMatchObject({ id: 'k' });
    expect(await ask('POST', '', { title: 'a', unheardOf })).toMatchObject(tooLarge);
    expect(await ask('POST', '/import', { ...kontask, id: 'other', unheardOf })).toMatchObject(tooLarge);
    expect(await ask('PATCH', '/k', { context: { unheardOf } })).toMatchObject(tooLarge);
    expect((await ask('GET', '')).json).toMatchObject({ total: 1, kontasks: [{ version: 1 }] });
  });

  it.each(['facets', 'import', 'layouts'])('is never named as a route is: %s', async (id) => {
    const { ask, create } = await open();
    const refused = {
      status: 400,
      json: { error: { code: 'INVALID_MESSAGE', message: 'id: is the name of a route' } },
    };
    expect(await ask('POST', '', { id, title: 'a' })).toMatchObject(refused);
    expect(await ask('POST', '/import', { ...(await create()), id })).toMatchObject(refused);
  });

  it.each(['a\0b', 'a\uD83D'])('holds no %j in the texts that it is listed by', async (text) => {
    const { ask, create } = await open();
    const kontask = await create();
    const refused = { status: 400, json: { error: { code: 'INVALID_MESSAGE' } } };
    for (const name of ['title', 'description', 'type', 'scope', 'targetUser']) {
      expect(await ask('POST', '', { title: 'a', [name]: text })).toMatchObject(refused);
      expect(await ask('POST', '/import', { ...kontask, [name]: text })).toMatchObject(refused);
      expect(await ask('PATCH', '/k', { [name]: text })).toMatchObject(refused);
    }
    expect(await ask('PATCH', '/k', { tags: [text] })).toMatchObject(refused);
    const acting = await ask('POST', '', { title: 'a' }, { 'konui-acting-as': 'a%00b' });
    expect(acting).toMatchObject(refused);
    expect((await ask('GET', '')).json.total).toBe(1);
  });
});

describe('[KON3] a change', () => {
  it('of what is not known, or never changes, is refused by name, and leaves no trace', async () => {
    const { ask, create } = await open();
    await create();
    const refused = await ask('PATCH', '/k', { title: 'b', createdBy: 'me', unheardOf: 1 });
    expect(refused).toMatchObject({
      status: 400,
      json: { error: { code: 'INVALID_MESSAGE', message: 'cannot be changed: createdBy, unheardOf' } },
    });
    expect((await ask('GET', '/k')).json).toMatchObject({ version: 1, history: [{ change: 'created' }] });
  });

  it('that changes nothing keeps the version, and is no line of the history', async () => {
    const { ask, create } = await open();
    await create({ tags: ['ci'], context: { request: 'x' } });
    const same = { title: 'A report', status: 'completed', tags: ['ci'], scope: null, context: { request: 'x' } };
    for (const change of [{}, same, { context: {} }]) {
      expect(await ask('PATCH', '/k', change, { 'if-match': '"1"' })).toMatchObject({
        status: 200,
        json: { version: 1, history: [{ change: 'created' }] },
      });
    }
    expect((await ask('PATCH', '/k', {}, { 'if-match': '"2"' })).status).toBe(412);
  });

  it('keeps a kontask from being removed by who means an older version', async () => {
    const { ask, create } = await open();
    await create();
    await ask('PATCH', '/k', { title: 'one' });
    const late = await ask('DELETE', '/k', undefined, { 'if-match': '"1"' });
    expect(late).toMatchObject({ status: 412, json: { error: { code: 'KONTASK_CHANGED' } } });
    expect((await ask('DELETE', '/k', undefined, { 'if-match': 'one' })).status).toBe(400);
    expect((await ask('DELETE', '/k', undefined, { 'if-match': '"2"' })).status).toBe(204);
  });
});

describe('the list', () => {
  it('is searched by words with control characters among them', async () => {
    const { ask, create } = await open();
    await create();
    expect(await ask('GET', '?q=%00')).toMatchObject({ status: 200, json: { total: 1 } });
    expect(await ask('GET', '?q=A%00rep')).toMatchObject({ status: 200, json: { total: 1 } });
    expect(await ask('GET', '?q=%22A%00report%22')).toMatchObject({ status: 200, json: { total: 1 } });
  });

  it('refuses a cursor that is none, and a filter that is given twice', async () => {
    const { ask } = await open();
    for (const query of ['cursor=zzz', 'cursor=', 'scope=a&scope=b', 'limit=1&limit=2']) {
      expect(await ask('GET', `?${query}`)).toMatchObject({
        status: 400,
        json: { error: { code: 'INVALID_MESSAGE', message: expect.stringContaining(query.split('=')[0] ?? '') } },
      });
    }
  });

  it('B9: with several tags is of those that have them all', async () => {
    const { ask, create } = await open();
    await create({ id: 'one', tags: ['a'] });
    await create({ id: 'both', tags: ['a', 'b'] });
    expect((await ask('GET', '?tag=a&tag=b')).json).toMatchObject({ total: 1, kontasks: [{ id: 'both' }] });
    expect((await ask('GET', '?tag=a')).json.total).toBe(2);
  });
});
