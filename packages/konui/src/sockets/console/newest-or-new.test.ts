import { KonuiError, Provider, SessionId, type SessionInfo } from '@konui/protocol';
import { sampleSession } from '@konui/testing';
import { expect, it } from 'vitest';
import { NewestOrNew, type SessionOwner, type SessionWish } from './newest-or-new.ts';

const demo = Provider.parse('demo');
const real = Provider.parse('real');
const row = (day: number, over: Partial<SessionInfo> = {}) =>
  sampleSession({ projectPath: '/src/shop', updatedAt: `2026-01-0${day}T00:00:00.000Z`, ...over });
const agent = (provider: string, over: object = {}) => ({
  provider,
  name: provider,
  source: 'catalogue',
  status: 'ready',
  isDemo: provider === 'demo',
  ...over,
});
type Row = ReturnType<typeof row>;

/** A host that keeps what is made, and answers later. */
function open(sessions: Row[], agents: readonly object[] = [agent('demo'), agent('real')]) {
  const made: object[] = [];
  const later = () => new Promise((resolve) => setImmediate(resolve));
  const answer = (body: object) => ({ status: 200, body: Buffer.from(JSON.stringify(body)) });
  const found = new NewestOrNew({
    homeFolder: '/src/home',
    host: {
      sessions: async () => {
        const body = answer({ sessions });
        await later();
        return body;
      },
      providers: async () => answer({ providers: agents }),
      createSession: async ({ sessionId, provider, projectPath }) => {
        await later();
        made.push({ provider, projectPath });
        sessions.push({ ...row(9), sessionId: SessionId.parse(sessionId), provider, projectPath });
        return answer({});
      },
    },
  });
  const get = (wish: Partial<SessionWish> = {}, owner: Partial<SessionOwner> = {}): Promise<SessionId> => {
    const any = { covers: () => true, mayCreate: true, checkProject: () => undefined, projects: [] };
    return found.get({ agent: undefined, project: undefined, ...wish }, { ...any, ...owner });
  };
  return { get, made };
}

it('[CON2] finds the newest that is not archived, that the token sees, and that is of the agent and project', async () => {
  const [old, foreign, ofReal, elsewhere] = [
    row(2),
    row(3, { projectPath: '/src/secret' }),
    row(4, { provider: real }),
    row(5, { projectPath: '/src/other' }),
  ];
  const { get, made } = open([old, foreign, ofReal, elsewhere, row(6, { archived: true })]);
  const covers = ({ sessionId }: { sessionId: string }) => sessionId !== foreign.sessionId;
  expect(await get({}, { covers })).toBe(elsewhere.sessionId);
  expect(await get({ project: '/src/shop/' }, { covers })).toBe(ofReal.sessionId);
  expect(await get({ agent: demo, project: '/src/shop' }, { covers })).toBe(old.sessionId);
  expect(await get({ agent: demo }, { covers: (each) => covers(each) && each.sessionId !== elsewhere.sessionId })).toBe(
    old.sessionId,
  );
  expect(made).toEqual([]);
});

it('[CON11] makes one in the home folder with a real agent that is ready, else with the demo', async () => {
  const first = open([]);
  await first.get();
  expect(first.made).toEqual([{ provider: 'real', projectPath: '/src/home' }]);
  const second = open([], [agent('demo'), agent('real', { status: 'installable' })]);
  await second.get();
  expect(second.made).toEqual([{ provider: 'demo', projectPath: '/src/home' }]);
});

it('[CON11] makes one as the last one that the token sees was, where the query does not say', async () => {
  const archived = () => [row(2, { archived: true }), row(3, { archived: true, projectPath: '/src/secret' })];
  const covers = ({ projectPath }: { projectPath?: string | undefined }) => projectPath !== '/src/secret';
  for (const [wish, expected] of [
    [{}, { provider: 'demo', projectPath: '/src/shop' }],
    [{ agent: real }, { provider: 'real', projectPath: '/src/shop' }],
    [{ project: '/src/new' }, { provider: 'demo', projectPath: '/src/new' }],
  ] as const) {
    const { get, made } = open(archived());
    await get(wish, { covers });
    expect(made).toEqual([expected]);
  }
});

it('[CON11] makes none outside of the projects that a token is bound to, and none without the right', async () => {
  const { get, made } = open([]);
  const bound = {
    projects: ['/src/mine'],
    checkProject: (path: string) => {
      if (path !== '/src/mine') throw new KonuiError('FORBIDDEN', 'bound');
    },
  };
  await expect(get({ project: '/src/home' }, bound)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(get({}, { mayCreate: false })).rejects.toMatchObject({ code: 'SESSION_NOT_FOUND' });
  expect(made).toEqual([]);
  await get({}, bound);
  expect(made).toEqual([{ provider: 'real', projectPath: '/src/mine' }]);
});

it('[CON11] makes one for all that ask at once, and another one for another wish', async () => {
  const { get, made } = open([]);
  const same = await Promise.all([get(), get(), get({ agent: real })]);
  expect(new Set(same).size).toBe(1);
  expect(await get({ project: '/src/shop' })).not.toBe(same[0]);
  expect(made).toHaveLength(2);
});

it('[CON11] says that no agent is there', async () => {
  const { get } = open([], [agent('real', { status: 'missing' })]);
  await expect(get()).rejects.toMatchObject({ code: 'AGENT_NOT_INSTALLED' });
});
