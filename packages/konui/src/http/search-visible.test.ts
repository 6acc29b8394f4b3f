import { expect, it } from 'vitest';
import { searchVisible } from './search-visible.ts';

it('[ACC8] a bound search goes through the pages for what is seen, and never tells that there is more', async () => {
  const asked: unknown[] = [];
  const pages = [['a', 'x'], ['x'], ['b', 'a', 'c'], ['a']];
  const host = {
    search: async (query: Readonly<Record<string, string>>) => {
      asked.push(query['cursor']);
      const page = Number(query['cursor'] ?? 0);
      const hits = (pages[page] ?? []).map((sessionId) => ({ sessionId, projectPath: '/p' }));
      const nextCursor = page + 1 < pages.length ? String(page + 1) : null;
      return { status: 200, body: Buffer.from(JSON.stringify({ hits, nextCursor })) };
    },
  };
  const found = (limit: number) =>
    searchVisible(host, { q: 'words' }, { limit, sees: ({ sessionId }) => ['a', 'b'].includes(sessionId) });
  const hit = (sessionId: string) => ({ sessionId, projectPath: '/p' });
  expect(await found(2)).toEqual({ hits: [hit('a'), hit('b')], nextCursor: null });
  expect(asked).toEqual([undefined, '1', '2']);
  expect(await found(30)).toEqual({ hits: [hit('a'), hit('b'), hit('a'), hit('a')], nextCursor: null });
});
