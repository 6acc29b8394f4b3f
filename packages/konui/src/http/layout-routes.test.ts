import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();
const text = (label: string): string => JSON.stringify({ fields: [{ label, path: 'context.request' }] });

async function open() {
  const gateway = await start();
  const ask = async (method: string, path = '', { body, headers = {} }: { body?: string; headers?: object } = {}) => {
    const answer = await gateway.fetch(`/api/kontasks/layouts${path}`, {
      method,
      headers: { ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const json = await answer.text();
    return {
      status: answer.status,
      etag: answer.headers.get('etag'),
      json: json === '' ? undefined : JSON.parse(json),
    };
  };
  return { ...gateway, ask };
}

describe('[KON10] /api/kontasks/layouts', () => {
  it('lists what is in the folder, and every client that may read hears of a change', async () => {
    const { ask, connect, folder } = await open();
    const socket = await connect();
    writeFileSync(join(folder, 'layouts', 'review.json'), text('Wish'));
    writeFileSync(join(folder, 'layouts', 'bad.json'), '[]');
    await socket.frame('kontask_layouts_changed');
    expect((await ask('GET')).json).toEqual({
      folder: join(folder, 'layouts'),
      layouts: [
        {
          type: 'review',
          file: 'review.json',
          version: expect.any(String),
          layout: { fields: [{ label: 'Wish', path: 'context.request', format: 'text' }] },
        },
      ],
      problems: [{ file: 'bad.json', type: 'bad', problem: 'it must be an object such as {"fields": []}' }],
    });
  });

  it('refuses a layout of a type that no kontask may have', async () => {
    const { ask } = await open();
    const refused = { status: 400, json: { error: { code: 'INVALID_MESSAGE' } } };
    expect(await ask('PUT', '/a%00b', { body: text('Wish') })).toMatchObject(refused);
    expect((await ask('GET')).json.layouts).toEqual([]);
  });

  it('saves a file and takes it away again, each over the version that was seen', async () => {
    const { ask } = await open();
    const body = `${text('Wish')}\n`;
    const path = `/${encodeURIComponent('team/review')}`;
    const none = { 'if-none-match': '*' };
    const saved = await ask('PUT', path, { body, headers: none });
    expect(saved).toMatchObject({ status: 200, json: { type: 'team/review', file: 'team%2Freview.json', text: body } });
    expect(saved.etag).toBe(`"${saved.json.version}"`);
    expect((await ask('PUT', path, { body, headers: none })).json.error.code).toBe('KONTASK_CHANGED');
    expect(await ask('GET', path)).toEqual(saved);
    const stale = { headers: { 'if-match': '"0123456789abcdef"' } };
    expect(await ask('DELETE', path, stale)).toMatchObject({
      status: 412,
      json: { error: { code: 'KONTASK_CHANGED' } },
    });
    expect((await ask('DELETE', path, { headers: { 'if-match': saved.etag } })).status).toBe(204);
    expect(await ask('GET', path)).toMatchObject({ status: 404, json: { error: { code: 'NOT_FOUND' } } });
  });

  it.each([
    ['no layout', { body: '{"fields": 7}' }, 400, 'INVALID_MESSAGE'],
    ['too much', { body: `${text('x')}${' '.repeat(70_000)}` }, 413, 'FRAME_TOO_LARGE'],
    ['a version of nothing', { body: text('x'), headers: { 'if-match': 'one' } }, 400, 'INVALID_MESSAGE'],
    ['two conditions', { body: text('x'), headers: { 'if-none-match': '"1"' } }, 400, 'INVALID_MESSAGE'],
  ])('refuses %s and writes nothing', async (_what, request, status, code) => {
    const { ask } = await open();
    expect(await ask('PUT', '/general', request)).toMatchObject({ status, json: { error: { code } } });
    expect((await ask('GET')).json).toMatchObject({ layouts: [], problems: [] });
  });
});
