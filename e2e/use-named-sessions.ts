import { type Api, createApi } from '@konui/client';
import { afterEach } from 'vitest';
import { createSession, type NamedSession } from './shell-page.ts';
import type { KonuiPage } from './use-konui-page.ts';

/** Sessions that are gone after each test, so that the list begins empty. */
export function useNamedSessions(own: KonuiPage): {
  readonly api: () => Api;
  readonly newSession: (session: NamedSession) => Promise<string>;
} {
  const api = () => createApi({ baseUrl: own.konui.url, token: own.konui.token });
  afterEach(async () => {
    for (const { sessionId } of await api().sessions.list()) await api().sessions.remove(sessionId);
  });
  return { api, newSession: (session) => createSession(own.konui, api(), session) };
}
