import type { Api } from '@konui/client';
import { createApi } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { fetchHistoryAhead } from './history-ahead.ts';

const SESSION = '00000000-0000-4000-8000-000000000001';
const TAIL = { events: [], base: null, epoch: 'e', firstSeq: 1, lastSeq: 0, hasEarlier: false };

describe('the end of a session that is asked for ahead', () => {
  const asked: string[] = [];
  const apiAt = (path: string, status = 200): Api => {
    asked.length = 0;
    const answer = (): Response => new Response(JSON.stringify(TAIL), { status });
    const send = async (address: RequestInfo | URL): Promise<Response> => {
      asked.push(typeof address === 'string' ? address : 'a request');
      return answer();
    };
    return fetchHistoryAhead(createApi({ baseUrl: 'http://konui', token: 't', fetch: send }), path);
  };
  const settled = (one: Promise<unknown>): Promise<unknown> => one.catch(() => undefined);

  it('is asked for once, however soon it is wanted', async () => {
    const api = apiAt(`/s/${SESSION}`);
    expect(asked).toHaveLength(1);
    await settled(api.sessions.history(SESSION, {}));
    expect(asked).toHaveLength(1);
    await settled(api.sessions.history(SESSION, {}));
    expect(asked).toHaveLength(2);
  });

  it('is none of another session and no earlier page', async () => {
    const api = apiAt(`/s/${SESSION}`);
    await settled(api.sessions.history('00000000-0000-4000-8000-000000000002', {}));
    await settled(api.sessions.history(SESSION, { before: 7 }));
    expect(asked).toHaveLength(3);
  });

  it('is asked for on no other page', () => {
    apiAt('/');
    apiAt('/settings');
    expect(asked).toEqual([]);
  });

  it('tells whoever wants it that it failed', async () => {
    const api = apiAt(`/s/${SESSION}`, 404);
    await expect(api.sessions.history(SESSION, {})).rejects.toThrow();
  });
});
