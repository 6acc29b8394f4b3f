import { mkdirSync } from 'node:fs';
import { homePaths, newId, SearchQuery, SessionId, type SessionInfo } from '@konui/protocol';
import { sampleSession } from '@konui/testing';
import { SearchStore, type TextRow } from '../packages/konsole/src/search/search-store.ts';
import { SessionSearch } from '../packages/konsole/src/search/session-search.ts';
import { SessionIndex } from '../packages/konsole/src/session-index/session-index.ts';
import { median } from './quantiles.ts';
import { formatMs, formatNumber, formatRatio, type Report, type Row } from './report.ts';
import { createRandom } from './seeded-random.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const SESSIONS = 1000;
const MESSAGES = 10;
const WORDS = 100;
const ROUNDS = 15;
const WARM_UP_ROUNDS = 3;
const VOCABULARY = 20_000;

/** Queries over a million words in a thousand sessions, as a person types them. */
export async function measureSearch(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const paths = homePaths(folder.path, { uid: process.getuid?.() ?? 0 });
  mkdirSync(paths.sessions, { recursive: true });
  const index = new SessionIndex(paths);
  const store = new SearchStore(index.database);
  const began = performance.now();
  const sessions = fill(store);
  const fillMs = performance.now() - began;
  const search = new SessionSearch({ store, rowOf: (sessionId) => sessions.get(sessionId) });
  const raw = index.database.prepare(
    'SELECT rowid FROM search_word WHERE search_word MATCH ? ORDER BY rowid DESC LIMIT 30',
  );
  const rows: Row[] = [];
  const queries: [string, string, string][] = [
    ['a word of every text', 'the', '"the" *'],
    ['a rare word', 'w19999', '"w19999" *'],
    ['two words', 'w10 w20', '"w10" * AND "w20" *'],
    ['a path', 'src/w7.ts', '"src w7 ts" *'],
    ['nothing', 'absent', '"absent" *'],
  ];
  for (const [what, q, match] of queries) {
    const [floors, ours]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      raw.all(match);
      const between = performance.now();
      await search.search(SearchQuery.parse({ q }));
      floors.push(between - start);
      ours.push(performance.now() - between);
    }
    const [floor = Number.NaN, own = Number.NaN] = [floors, ours].map((each) => median(each.slice(WARM_UP_ROUNDS)));
    rows.push({ what, floor: formatMs(floor), ours: formatMs(own), ratio: formatRatio(own / floor), goal: '' });
  }
  index.close();
  return {
    title: `Search in ${formatNumber(SESSIONS * MESSAGES * WORDS)} words of ${formatNumber(SESSIONS)} sessions`,
    about:
      'Ours: the newest 30 hits with snippets, as `GET /search` answers them. Floor: the rows of the same words alone, asked of SQLite.',
    rows,
    notes: [`Indexing it without pauses took ${formatNumber(fillMs / 1000)} s.`],
  };
}

function fill(store: SearchStore): Map<string, SessionInfo> {
  const sessions = new Map<string, SessionInfo>();
  const random = createRandom();
  for (let n = 0; n < SESSIONS; n++) {
    const sessionId = newId(SessionId);
    const rows = Array.from({ length: MESSAGES }, (_, m): TextRow => {
      const at = new Date(Date.UTC(2026, 0, 1) + (n * MESSAGES + m) * 60_000).toISOString();
      return { sessionId, seq: m + 1, eventSeq: m + 1, at, kind: 'message', text: toText(random) };
    });
    const progress = { nextSeq: MESSAGES + 1, lastSeq: MESSAGES, lastAt: '', title: null, tools: {} };
    store.write(sessionId, { progress, fromSeq: 1, rows });
    sessions.set(sessionId, sampleSession({ sessionId, lastSeq: MESSAGES }));
  }
  return sessions;
}

/** Few words often and most seldom, as people and programs write. */
function toText(random: () => number): string {
  const words = Array.from({ length: WORDS - 3 }, () => `w${Math.floor(VOCABULARY * random() ** 3)}`);
  return ['the', ...words, `src/w${Math.floor(random() * 50)}.ts`].join(' ');
}
