import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KonuiError } from '@konui/protocol';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Api, createApi } from './api.ts';
import { createKontasksApi } from './kontasks-api.ts';

let server: Server;
let api: Api;
let seen: IncomingMessage[];
let answer: (response: ServerResponse) => void;

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push(request);
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  api = createApi({
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    getToken: async () => 'secret',
  });
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
});

async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'none';
  } catch (error) {
    return error instanceof KonuiError ? error.code : String(error);
  }
}

describe('the REST client', () => {
  it('[ACC1] signs every request with the token', async () => {
    answer = (response) => response.end('{"providers":[]}');
    expect(await api.providers()).toEqual([]);
    expect(seen[0]?.headers.authorization).toBe('Bearer secret');
  });

  it("[HOST2] an error carries the server's code and words", async () => {
    answer = (response) => response.writeHead(410).end('{"error":{"code":"SESSION_GONE","message":"it was deleted"}}');
    await expect(api.sessions.get('x')).rejects.toMatchObject({ code: 'SESSION_GONE', message: 'it was deleted' });
  });

  it('what a proxy answers is told by its status', async () => {
    answer = (response) => response.writeHead(502).end('<html>');
    expect(await codeOf(api.sessions.list())).toBe('HOST_UNREACHABLE');
    answer = (response) => response.writeHead(401).end();
    expect(await codeOf(api.createTicket())).toBe('UNAUTHORIZED');
  });

  it('sends a list as the same name several times', async () => {
    answer = (response) => response.end('{"kontasks":[],"nextCursor":null,"total":0,"unread":0}');
    const { port } = server.address() as AddressInfo;
    await createKontasksApi({ baseUrl: `http://127.0.0.1:${port}`, token: 't' }).list({ tag: ['a', 'b'] });
    expect(seen[0]?.url).toBe('/api/kontasks?tag=a&tag=b');
  });

  it('an address that is none is told in words', async () => {
    await expect(createApi({ baseUrl: 'foo', token: 't' }).sessions.list()).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      message: expect.stringContaining('"foo" is no address'),
    });
  });

  it('an answer of another shape is an error, not a surprise later', async () => {
    answer = (response) => response.end('{"sessions":[{"sessionId":1}]}');
    expect(await codeOf(api.sessions.list())).toBe('INTERNAL_ERROR');
  });

  it('a server that is not there is HOST_UNREACHABLE', async () => {
    const gone = createApi({ baseUrl: 'http://127.0.0.1:1', token: 't' });
    expect(await codeOf(gone.info())).toBe('HOST_UNREACHABLE');
  });

  it('[HOST3] a page of events is asked for by its cursor', async () => {
    const event = { seq: 7, sessionId: 's', kind: 'x', at: 't', text: 'é' };
    answer = (response) =>
      response.end(JSON.stringify({ sessionId: 's', epoch: 'e1', lastSeq: 9, more: true, events: [event] }));
    expect(await api.sessions.events('s', { after: 6, limit: 1 })).toEqual({
      events: [event],
      epoch: 'e1',
      lastSeq: 9,
      hasMore: true,
    });
    expect(seen[0]?.url).toBe('/api/providers/sessions/s/events?after=6&limit=1');
  });

  it('a session is changed with PATCH and removed with DELETE', async () => {
    answer = (response) => response.writeHead(204).end();
    await api.sessions.remove('s');
    answer = (response) => response.writeHead(410).end('{"error":{"code":"SESSION_GONE","message":"it was deleted"}}');
    expect(await codeOf(api.sessions.change('s', { archived: true }))).toBe('SESSION_GONE');
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'DELETE /api/providers/sessions/s',
      'PATCH /api/providers/sessions/s',
    ]);
  });

  it('an attachment comes as bytes', async () => {
    answer = (response) => response.writeHead(200, { 'content-type': 'image/png' }).end(Buffer.from([0, 255, 10]));
    const blob = await api.sessions.attachment('s', 'a'.repeat(64));
    expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([0, 255, 10]);
  });
});

describe('files and agents', () => {
  const json =
    (body: object, status = 200) =>
    (response: ServerResponse) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };

  it('[ATT1] uploads the bytes as they are', async () => {
    const stored = { attachment: 'a'.repeat(64), byteLength: 3, mimeType: 'text/plain' };
    const bodies: Buffer[] = [];
    answer = (response) => {
      seen
        .at(-1)
        ?.on('data', (chunk: Buffer) => bodies.push(chunk))
        .on('end', () => json(stored, 201)(response));
    };
    const progress: number[] = [];
    const blob = new Blob([new Uint8Array([1, 0, 255])]);
    expect(await api.sessions.upload('s', blob, { onProgress: (bytes) => progress.push(bytes) })).toEqual(stored);
    expect(Buffer.concat(bodies)).toEqual(Buffer.from([1, 0, 255]));
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/api/providers/sessions/s/attachments' });
  });

  it('[ATT2] says what is wrong with an upload, and can be ended', async () => {
    answer = json({ error: { code: 'ATTACHMENT_TOO_LARGE', message: 'no' } }, 413);
    expect(await codeOf(api.sessions.upload('s', new Blob(['x'])))).toBe('ATTACHMENT_TOO_LARGE');
    answer = () => ended.abort(new Error('enough'));
    const ended = new AbortController();
    await expect(api.sessions.upload('s', new Blob(['x']), { signal: ended.signal })).rejects.toThrow('enough');
  });

  it("[AGT1] reads and changes an agent's settings, and signs in", async () => {
    const settings = { provider: 'demo', keys: [], environment: [], defaults: {}, signIn: null };
    answer = json(settings);
    expect(await api.agents.settings('demo')).toEqual(settings);
    expect(await api.agents.change('demo', { environment: { A: null } })).toEqual(settings);
    answer = json({ ok: true });
    await api.agents.authenticate('demo', 'm');
    expect(seen.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /api/providers/demo/settings',
      'PATCH /api/providers/demo/settings',
      'POST /api/providers/demo/authenticate',
    ]);
  });
});
