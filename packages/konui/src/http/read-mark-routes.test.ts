import { newId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import { useTestGateways } from '../test-support/start-test-gateway.ts';

const start = useTestGateways();

it('[READ1] marks never go back, and every client hears of news', async () => {
  const { fetch, newSession, connect } = await start();
  const sessionId = newSession();
  const mark = (seq: number) => fetch(`/api/read-marks/${sessionId}`, { method: 'PUT', body: JSON.stringify({ seq }) });
  const list = async (): Promise<unknown> => (await fetch('/api/read-marks')).json();
  const client = await connect();
  expect(await list()).toEqual({ readMarks: {} });
  for (const seq of [7, 5, 9]) expect((await mark(seq)).status).toBe(204);
  await client.frame('read_marked', ({ seq }) => seq === 9);
  expect(client.frames.filter(({ json }) => json['kind'] === 'read_marked').map(({ json }) => json)).toEqual([
    { kind: 'read_marked', sessionId, seq: 7 },
    { kind: 'read_marked', sessionId, seq: 9 },
  ]);
  expect(await list()).toEqual({ readMarks: { [sessionId]: 9 } });
  expect((await fetch(`/api/read-marks/${sessionId}`, { method: 'PUT', body: '{"seq":-1}' })).status).toBe(400);
});

it('[READ2] a session that is not known has no mark, and one that is removed loses its', async () => {
  const { fetch, host, newSession, connect } = await start();
  const mark = (id: string) => fetch(`/api/read-marks/${id}`, { method: 'PUT', body: '{"seq":3}' });
  const client = await connect();
  expect((await mark(newId(SessionId))).status).toBe(404);
  expect((await mark('nonsense')).status).toBe(400);
  const sessionId = newSession();
  expect((await mark(sessionId)).status).toBe(204);
  host.feed({ type: 'session_removed', sessionId });
  await client.frame('session_removed');
  expect(await (await fetch('/api/read-marks')).json()).toEqual({ readMarks: {} });
});
