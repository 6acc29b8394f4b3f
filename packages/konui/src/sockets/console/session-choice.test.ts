import { KonuiError, newId, SessionId } from '@konui/protocol';
import { sampleSession } from '@konui/testing';
import { expect, it } from 'vitest';
import { SessionChoice } from './session-choice.ts';

const [older, newer, archived] = [newId(SessionId), newId(SessionId), newId(SessionId)];
const row = (sessionId: SessionId, updatedAt: string, archived = false) =>
  sampleSession({ sessionId, updatedAt, archived });
const rows = [
  row(older, '2026-01-02T00:00:00.000Z'),
  row(newer, '2026-01-03T00:00:00.000Z'),
  row(archived, '2026-01-04T00:00:00.000Z', true),
];
const anything = { covers: () => true, check: async () => undefined };
const answer = (sessions: readonly object[]) => ({ status: 200, body: Buffer.from(JSON.stringify({ sessions })) });
const url = (query: string) => new URL(`http://konui/api/console/ws?${query}`);
const choose = (query: string, sessions: readonly object[] = rows) =>
  new SessionChoice({ sessions: async () => answer(sessions) }, url(query), anything).get();

it('[CON2] takes the session that is named, else the one that changed last and is not archived', async () => {
  expect(await choose(`session=${older}`)).toEqual({ sessionId: older, after: undefined, epoch: undefined });
  expect((await choose('')).sessionId).toBe(newer);
});

it('[CON3] reads where to resume', async () => {
  expect(await choose(`session=${older}&after=7&epoch=e1`)).toEqual({ sessionId: older, after: 7, epoch: 'e1' });
});

it('[CON2] says that there is no session, or what is wrong with the query', async () => {
  await expect(choose('', [])).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  for (const query of ['session=x', 'session=', 'after=-1', 'after=1e3', `after=${'9'.repeat(20)}`])
    await expect(choose(query)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
});

it('[CON2] chooses once, and again only after the host was away', async () => {
  const answers = [() => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'away')), async () => answer(rows)];
  const choice = new SessionChoice(
    { sessions: () => (answers.shift() ?? (async () => answer([])))() },
    url(''),
    anything,
  );
  const both = await Promise.allSettled([choice.get(), choice.get()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await choice.get()).sessionId).toBe(newer);
  expect((await choice.get()).sessionId).toBe(newer);
});
