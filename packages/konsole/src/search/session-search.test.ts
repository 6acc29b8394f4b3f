import { rmSync } from 'node:fs';
import { type HostFeedMessage, SearchQuery, type SessionId, type SessionInfo } from '@konui/protocol';
import { expect, it, onTestFinished } from 'vitest';
import { refreshIndex } from '../session-index/refresh-index.ts';
import { SessionIndex } from '../session-index/session-index.ts';
import { toSessionInfo, HEALTHY_RUNNER } from '../session-summary.ts';
import { createTempHome, createTempSession, openTempLog } from '../testing/temp-home.ts';
import { SearchIndexer } from './search-indexer.ts';
import { SearchStore } from './search-store.ts';
import { SessionSearch } from './session-search.ts';

type Body = { kind: string; [field: string]: unknown };
const text = (value: string) => ({ type: 'text', text: value });
const says = (value: string, messageId = 'm'): Body => ({
  kind: 'agent_message_chunk',
  messageId,
  content: text(value),
});

/** A home with one session for each list of events, and an index that is up with it. */
async function openSearch(...logs: Body[][]) {
  const paths = createTempHome();
  const sessions = logs.map((bodies) => {
    const temp = createTempSession(paths);
    const log = openTempLog(temp);
    for (const body of bodies) log.append(body);
    log.flush();
    return { ...temp, log };
  });
  const index = new SessionIndex(paths);
  const store = new SearchStore(index.database);
  const listeners = new Set<(message: HostFeedMessage) => void>();
  const told: HostFeedMessage[] = [];
  const refresh = () => refreshIndex({ paths, index, onWarning: () => undefined });
  const createIndexer = () =>
    new SearchIndexer({
      paths,
      store,
      sessions: index,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      publish: (message) => told.push(message),
      onWarning(message, fields) {
        throw new Error(message, { cause: fields });
      },
      quietMs: 1,
    });
  const indexer = createIndexer();
  await refresh();
  indexer.start();
  await indexer.untilIdle();
  onTestFinished(async () => {
    await indexer.close();
    index.close();
  });
  const rowOf = (sessionId: string): SessionInfo | undefined => {
    const found = index.get(sessionId as SessionId);
    return found === undefined || found.record.deleted
      ? undefined
      : toSessionInfo(found.record, found.summary, HEALTHY_RUNNER);
  };
  const search = new SessionSearch({ store, rowOf });
  const find = (q: string, more: Record<string, unknown> = {}) => search.search(SearchQuery.parse({ q, ...more }));
  const tell = async (message: HostFeedMessage) => {
    await refresh();
    listeners.forEach((listener) => listener(message));
  };
  return { paths, sessions, index, store, indexer, find, tell, told, rowOf };
}

const marked = ({ text: words, marks }: { text: string; marks: [number, number][] }) =>
  marks.map(([start, end]) => words.slice(start, end));

it.each([
  ['useHigh', 'import { useHighlight } from x', ['useHigh']],
  ['highlight', 'import { useHighlight } from x', ['Highlight']],
  ['src/app.ts', 'see src/app.ts:12', ['src/app.ts']],
  ['app.ts', 'see src/app.ts:12', ['app.ts']],
  ['ERR_MODULE_NOT_FOUND', 'Error [ERR_MODULE_NOT_FOUND]: x', ['ERR_MODULE_NOT_FOUND']],
  ['TS2322', 'error TS2322: Type', ['TS2322']],
  ['0x1F', 'at 0x1f', ['0x1f']],
  ['cafe', 'un Café noir', ['Café']],
  ['会話', '日本語の会話を検索', ['会話']],
  ['検', '日本語の会話を検索', ['検']],
  ['Größe', 'die GRÖSSE, die größe', ['größe']],
  ['привет', 'ПРИВЕТ мир', ['ПРИВЕТ']],
  ['"not found"', 'it was not found', ['not found']],
  ['fou was', 'it was not found', ['was', 'fou']],
  ['🎉 party', 'a 🎉 party 🎉', ['party']],
])('[SRCH1] %s is found in what the agent said', async (query, said, places) => {
  const { find, sessions } = await openSearch([says(said)]);
  const { hits } = await find(query);
  expect(hits).toMatchObject([{ sessionId: sessions[0]?.sessionId, kind: 'message', seq: 2 }]);
  expect(marked(hits[0]?.snippet ?? { text: '', marks: [] })).toEqual(places);
});

it.each(['"not fou"', 'not missing', '"found not"', '***', '" "', 'NOT', 'a OR b'])(
  '[SRCH1] every word must be there, and nothing is syntax but quotes: %s',
  async (query) => {
    const { find } = await openSearch([says('it was found')]);
    expect((await find(query)).hits).toEqual([]);
  },
);

it('[SRCH2] prompts, messages, thoughts, calls, what they printed and titles are found, each by its first event', async () => {
  const call = { kind: 'tool_call', toolCallId: 't', title: 'Terminal', rawInput: { command: 'npm run lemon' } };
  const { find } = await openSearch([
    { kind: 'prompt', promptId: 'p', commandId: 'c', origin: { type: 'person' }, content: [text('lemon please')] },
    says('le'),
    says('mon pie'),
    { kind: 'agent_thought_chunk', content: text('lemon?') },
    call,
    { kind: 'plan', entries: [] },
    { kind: 'tool_call_update', toolCallId: 't', _meta: { terminal_output: { data: 'lem' } } },
    { kind: 'tool_call_update', toolCallId: 't', _meta: { terminal_output: { data: 'on baked' } } },
    { kind: 'session_info_update', title: 'About lemons' },
  ]);
  const { hits } = await find('lemon');
  expect(
    hits.map(({ kind, seq }) => [kind, seq]).sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
  ).toEqual([
    ['message', 3],
    ['output', 6],
    ['prompt', 2],
    ['thought', 5],
    ['title', 0],
    ['tool', 6],
  ]);
  expect((await find('terminal')).hits).toMatchObject([{ kind: 'tool' }]);
});

it('[SRCH3] pages go from the newest to the oldest, none twice', async () => {
  const bodies = Array.from({ length: 50 }, (_, n) => says(`word ${n}`, `m${n}`));
  const { find } = await openSearch(bodies, bodies);
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await find('word', { limit: 7, ...(cursor === undefined ? {} : { cursor }) });
    seen.push(...page.hits.map(({ sessionId, seq }) => `${sessionId} ${seq}`));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen).toHaveLength(100);
  expect(new Set(seen).size).toBe(100);
});

it('[SRCH3] takes only what was asked for: project, agent, time, archived ones on demand', async () => {
  const { find, paths, index, sessions } = await openSearch([says('word')]);
  expect((await find('word', { projectPath: '/elsewhere' })).hits).toEqual([]);
  expect((await find('word', { projectPath: paths.home, provider: 'demo' })).hits).toHaveLength(1);
  expect((await find('word', { provider: 'codex' })).hits).toEqual([]);
  expect((await find('word', { from: '2100-01-01' })).hits).toEqual([]);
  expect((await find('word', { from: '2020-01-01', to: '2100-01-01' })).hits).toHaveLength(1);
  await expect(find('word', { from: 'yesterday' })).rejects.toThrow('from');
  const [session] = sessions;
  if (session !== undefined) index.putRecord({ ...session.record, archived: true });
  expect((await find('word')).hits).toEqual([]);
  expect((await find('word', { includeArchived: 'true' })).hits).toHaveLength(1);
});

it('[SRCH4] a message that goes on is found with what came later, and once', async () => {
  const { find, tell, sessions, rowOf, indexer } = await openSearch([says('begin')]);
  const [session] = sessions;
  if (session === undefined) throw new Error('there is no session');
  session.log.append(says('ning of a lime'));
  session.log.flush();
  const row = rowOf(session.sessionId);
  if (row === undefined) throw new Error('there is no row');
  await tell({ type: 'session_upserted', session: row });
  while ((await find('lime')).hits.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await indexer.untilIdle();
  expect((await find('beginning')).hits).toMatchObject([{ seq: 2 }]);
});

it('[SRCH4] what is deleted is not found any more, and its words leave the index', async () => {
  const { find, tell, sessions, index, indexer, store } = await openSearch([says('word')], [says('word')]);
  const [session] = sessions;
  if (session === undefined) throw new Error('there is no session');
  index.putRecord({ ...session.record, deleted: true });
  // At once, before anything is removed.
  expect((await find('word')).hits).toHaveLength(1);
  rmSync(session.files.folder, { recursive: true });
  await tell({ type: 'session_removed', sessionId: session.sessionId });
  await indexer.untilIdle();
  expect(store.find('"word"', { from: 0, before: Number.MAX_SAFE_INTEGER, limit: 9 })).toHaveLength(1);
});

it('[SRCH4] a log that was replaced is read anew', async () => {
  const { find, store, sessions, index, indexer, tell, rowOf } = await openSearch([says('old words'), says('x', 'n')]);
  const [session] = sessions;
  const progress = session === undefined ? undefined : store.progressOf(session.sessionId);
  if (session === undefined || progress === undefined) throw new Error('there is no session');
  store.write(session.sessionId, { progress: { ...progress, lastAt: 'another time' }, fromSeq: 99, rows: [] });
  const row = rowOf(session.sessionId);
  if (row === undefined) throw new Error('there is no row');
  await tell({ type: 'session_upserted', session: row });
  while (store.progressOf(session.sessionId)?.lastAt === 'another time') await new Promise((r) => setTimeout(r, 5));
  await indexer.untilIdle();
  expect((await find('old')).hits).toHaveLength(1);
  expect(index.list()).toHaveLength(1);
});

it('[SRCH4] tells how far the first indexing is, and that it is done', async () => {
  const { told } = await openSearch(...Array.from({ length: 8 }, () => [says('word')]));
  expect(told[0]).toMatchObject({ type: 'indexing', total: 8 });
  expect(told.at(-1)).toEqual({ type: 'indexing', done: 8, total: 8 });
});

it('a long text is told by the part where the words stand, in one line', async () => {
  const { find } = await openSearch([says(`${'before\n'.repeat(3000)}needle ${'after '.repeat(3000)}`)]);
  const [hit] = (await find('needle')).hits;
  expect(hit?.snippet.text.length).toBeLessThan(300);
  expect(hit?.snippet.text).not.toContain('\n');
  expect(marked(hit?.snippet ?? { text: '', marks: [] })).toEqual(['needle']);
});
