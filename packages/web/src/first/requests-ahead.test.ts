import { createApi } from '@konui/client';
import { describe, expect, it } from 'vitest';
import { askAhead, takeAhead } from './requests-ahead.ts';

const SESSION = '00000000-0000-4000-8000-000000000001';
const OTHER = '00000000-0000-4000-8000-000000000002';
const HISTORY = `/api/providers/sessions/${SESSION}/history`;

describe('what a page asks for ahead', () => {
  const opened = (path: string, { status = 200, token = 't' } = {}) => {
    const asked: string[] = [];
    const send: typeof fetch = async (input) => {
      asked.push(input instanceof Request ? input.url : new URL(input).pathname);
      return new Response('{"sessions":[]}', { status });
    };
    const ahead = askAhead(new URL(path, 'http://konui'), 't', send);
    const signIn = () => createApi({ baseUrl: 'http://konui', token, fetch: takeAhead(ahead, send) });
    return { asked, signIn, api: signIn() };
  };
  const settled = (one: Promise<unknown>): Promise<unknown> => one.catch(() => undefined);

  it('is the list of sessions, and where a session is opened its end', () => {
    expect(opened('/').asked).toEqual(['/api/providers/sessions']);
    expect(opened(`/s/${SESSION}?at=3`).asked).toEqual([HISTORY, '/api/providers/sessions']);
  });

  it('is asked for once, however soon it is wanted, and anew after that', async () => {
    const { api, asked } = opened('/');
    expect(await api.sessions.list()).toEqual([]);
    expect(asked).toHaveLength(1);
    await api.sessions.list();
    expect(asked).toHaveLength(2);
  });

  it('is gone for who signs in again', async () => {
    const { api, asked, signIn } = opened('/');
    await api.sessions.list();
    expect(await signIn().sessions.list()).toEqual([]);
    expect(asked).toHaveLength(2);
  });

  it('is none of another session and no earlier page', async () => {
    const { api, asked } = opened(`/s/${SESSION}`);
    await settled(api.sessions.history(OTHER, {}));
    await settled(api.sessions.history(SESSION, { before: 7 }));
    expect(asked).toHaveLength(4);
    await settled(api.sessions.history(SESSION, {}));
    expect(asked).toHaveLength(4);
  });

  it('is given to nobody who is signed in as another', async () => {
    const { api, asked } = opened('/', { token: 'another' });
    await api.sessions.list();
    expect(asked).toHaveLength(2);
  });

  it('tells whoever wants it that it failed', async () => {
    const { api } = opened(`/s/${SESSION}`, { status: 404 });
    await expect(api.sessions.history(SESSION, {})).rejects.toThrow();
  });
});
