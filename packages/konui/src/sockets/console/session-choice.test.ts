import { KonuiError, newId, SessionId } from '@konui/protocol';
import { expect, it } from 'vitest';
import type { NewestOrNew } from './newest-or-new.ts';
import { SessionChoice } from './session-choice.ts';

const [named, newest] = [newId(SessionId), newId(SessionId)];
const owner = {
  covers: () => true,
  check: async () => undefined,
  mayCreate: true,
  checkProject: () => undefined,
  projects: [],
};
const url = (query: string) => new URL(`http://konui/api/console/ws?${query}`);
const choose = (query: string, get: NewestOrNew['get'] = async () => newest) =>
  new SessionChoice({ get }, url(query), owner).get();

it('[CON2] takes the session that is named, else the newest that fits the query', async () => {
  expect(await choose(`session=${named}`)).toEqual({ sessionId: named, after: undefined, epoch: undefined });
  const wishes: unknown[] = [];
  const get: NewestOrNew['get'] = async (wish) => {
    wishes.push(wish);
    return newest;
  };
  expect((await choose('', get)).sessionId).toBe(newest);
  expect((await choose('agent=demo&project=%2Fsrc%2Fshop&images=binary', get)).sessionId).toBe(newest);
  expect(wishes).toEqual([
    { agent: undefined, project: undefined },
    { agent: 'demo', project: '/src/shop' },
  ]);
});

it('[CON3] reads where to resume', async () => {
  expect(await choose(`session=${named}&after=7&epoch=e1`)).toEqual({ sessionId: named, after: 7, epoch: 'e1' });
});

it('[CON2] says what is wrong with the query', async () => {
  const numbers = [
    `session=${named}&after=-1`,
    'after=7',
    `session=${named}&after=1e3`,
    `session=${named}&after=${'9'.repeat(20)}`,
  ];
  for (const query of ['session=x', 'session=', ...numbers, 'agent=A!', 'project=', 'images=png'])
    await expect(choose(query)).rejects.toMatchObject({ code: 'INVALID_MESSAGE' });
});

it('[CON2] chooses once, and again only after the host was away', async () => {
  const answers: (() => Promise<SessionId>)[] = [
    () => Promise.reject(new KonuiError('HOST_UNREACHABLE', 'away')),
    async () => newest,
  ];
  const get: NewestOrNew['get'] = () => (answers.shift() ?? (async () => newId(SessionId)))();
  const choice = new SessionChoice({ get }, url(''), owner);
  const both = await Promise.allSettled([choice.get(), choice.get()]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect((await choice.get()).sessionId).toBe(newest);
  expect((await choice.get()).sessionId).toBe(newest);
});
