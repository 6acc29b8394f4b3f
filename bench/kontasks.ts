import { statSync } from 'node:fs';
import { homePaths, Kontask, type KontaskStatus } from '@konui/protocol';
import { openDatabase } from '../packages/konui/src/database.ts';
import { KontaskTable } from '../packages/konui/src/kontasks/kontask-table.ts';
import { startChild } from './child-program.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { toQuantiles } from './quantiles.ts';
import { atMost, formatMs, formatNumber, formatRatio, type Report, type Row } from './report.ts';
import { createRandom } from './seeded-random.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const KONTASKS = 10_000;
const BATCH = 500;
const [MIN_OUTPUT, MAX_OUTPUT] = [5_000, 50_000];
const ROUNDS = 100;
const WARM_UP_ROUNDS = 20;
const VOCABULARY = 20_000;
const MAX_MS = 50;
const STATUSES: readonly KontaskStatus[] = ['completed', 'completed', 'completed', 'requested', 'failed', 'cancelled'];

/** The list of ten thousand kontasks, its filters and its search, at the API of a gateway. */
export async function measureKontasks(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const paths = homePaths(folder.path, { uid: process.getuid?.() ?? 0 });
  const began = performance.now();
  const reportBytes = fill(paths.gatewayDatabase);
  const fillMs = performance.now() - began;
  await using product = await startProduct(paths);
  await using answerer = startChild('floors/static-answer.child.ts');
  const { port } = (await answerer.receive()) as { port: number };

  const deep = await cursorOf(product, 100);
  const questions: readonly [string, string][] = [
    ['list: the newest 50', ''],
    ['list: 50 after the first 5,000', `cursor=${encodeURIComponent(deep)}`],
    ['list: the newest 200', 'limit=200'],
    ['filter: status', 'status=failed'],
    ['filter: type', 'type=review'],
    ['filter: scope', 'scope=project-7'],
    ['filter: tag', 'tag=tag-3'],
    ['filter: target user', 'targetUser=agent-2'],
    ['filter: status, type, scope and tag', 'status=completed&type=general&scope=project-7&tag=tag-3'],
    ['search: a word of every report', 'q=report'],
    ['search: one letter', 'q=k'],
    ['search: a rare word', `q=${toWord(19_999)}`],
    ['search: two words', `q=${toWord(10)}%20${toWord(150)}`],
    ['search: a phrase', 'q=%22report%20of%22'],
    ['search: nothing', 'q=absent'],
    ['search and filter: a word of every report, of one scope', 'q=report&scope=project-7'],
    ['what can be filtered by', '/facets'],
  ];
  const rows: Row[] = [];
  for (const [what, question] of questions) rows.push(await measure(product, { what, question, port }));
  return {
    title: `${formatNumber(KONTASKS)} kontasks: list, filters, search`,
    about:
      'Ours: `GET /api/kontasks?…` of a gateway that runs, until its answer is parsed; p50 against the goal, since the p99 of both is that of whatever else runs here. ' +
      'Floor: as many bytes, which were there before, from a bare `node:http` server. Both one after the other over one connection each.',
    rows,
    notes: [
      `Reports of ${formatNumber(MIN_OUTPUT / 1000)} to ${formatNumber(MAX_OUTPUT / 1000)} KB of HTML, ${formatNumber(reportBytes / 1e6)} MB in all; the database has ${formatNumber(statSync(paths.gatewayDatabase).size / 1e6)} MB, and was filled in ${formatNumber(fillMs / 1000)} s.`,
      `${ROUNDS} rounds of each, after ${WARM_UP_ROUNDS} that warm up.`,
    ],
  };
}

async function measure(
  { url, token }: Product,
  { what, question, port }: { what: string; question: string; port: number },
): Promise<Row> {
  const path = question.startsWith('/') ? question : `?${question}`;
  const address = `${url}/api/kontasks${path}`;
  const init = { headers: { authorization: `Bearer ${token}`, 'accept-encoding': 'identity' } };
  const { size } = await timed(address, init);
  const [floors, ours]: [number[], number[]] = [[], []];
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
    const floor = await timed(`http://127.0.0.1:${port}/${size}`, {});
    const own = await timed(address, init);
    if (round < WARM_UP_ROUNDS) continue;
    floors.push(floor.ms);
    ours.push(own.ms);
  }
  const [floor, own] = [toQuantiles(floors), toQuantiles(ours)];
  const both = (p50: number, p99: number): string => `${formatMs(p50)} / ${formatMs(p99)}`;
  return {
    what: `${what} (${formatNumber(size / 1000)} KB): p50 / p99`,
    floor: both(floor.p50, floor.p99),
    ours: both(own.p50, own.p99),
    ratio: formatRatio(own.p50 / floor.p50),
    goal: atMost(own.p50, MAX_MS, ' ms'),
  };
}

async function timed(address: string, init: RequestInit): Promise<{ ms: number; size: number }> {
  const start = performance.now();
  const answer = await fetch(address, init);
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${address} was answered with ${answer.status}: ${text}`);
  JSON.parse(text);
  return { ms: performance.now() - start, size: Buffer.byteLength(text) };
}

/** Where the list goes on after so many pages. */
async function cursorOf({ url, token }: Product, pages: number): Promise<string> {
  let cursor = '';
  for (let page = 0; page < pages; page++) {
    const answer = await fetch(`${url}/api/kontasks?${cursor === '' ? '' : `cursor=${encodeURIComponent(cursor)}`}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    cursor = ((await answer.json()) as { nextCursor: string }).nextCursor;
  }
  return cursor;
}

/** Returns the size of all reports, in bytes. */
function fill(file: string): number {
  const database = openDatabase(file);
  const table = new KontaskTable(database);
  const random = createRandom();
  let reportBytes = 0;
  for (let filled = 0; filled < KONTASKS; filled += BATCH) {
    table.transaction(() => {
      for (let n = filled; n < filled + BATCH; n++) {
        const kontask = toKontask(n, random);
        reportBytes += Buffer.byteLength(kontask.context.output ?? '');
        table.insert(kontask, { isUnread: n % 50 === 0, requestSha256: String(n) });
      }
    });
  }
  database.close();
  return reportBytes;
}

function toKontask(n: number, random: () => number): Kontask {
  const at = new Date(Date.UTC(2026, 0, 1) + n * 60_000).toISOString();
  const one = (upTo: number): number => Math.floor(upTo * random());
  return Kontask.parse({
    id: `kontask-${n}`,
    type: one(4) === 0 ? 'review' : 'general',
    status: STATUSES[one(STATUSES.length)],
    title: `Report ${n} of ${wordsOf(4, random)}`,
    description: wordsOf(12, random),
    context: {
      output: toOutput(MIN_OUTPUT + one(MAX_OUTPUT - MIN_OUTPUT), random),
      choices: [{ label: 'Go on', value: wordsOf(20, random), primary: true }],
    },
    createdBy: 'claude',
    createdAt: at,
    updatedAt: at,
    scope: `project-${one(30)}`,
    tags: [`tag-${one(10)}`, `tag-${10 + one(100)}`],
    targetUser: `agent-${one(5)}`,
  });
}

/** Paragraphs, headings and tables with inline styles, as agents write them. */
function toOutput(bytes: number, random: () => number): string {
  const parts = [`<h2 style="color:#16a34a">Report of ${wordsOf(3, random)}</h2>`];
  for (let size = 0; size < bytes; size += parts.at(-1)?.length ?? 0) {
    parts.push(
      `<p style="margin:0 0 8px;color:#333">${wordsOf(40, random)}</p>` +
        `<table style="border-collapse:collapse"><tr><td style="padding:4px">${wordsOf(5, random)}</td></tr></table>`,
    );
  }
  return parts.join('\n');
}

const CONSONANTS = 'bcdfghjklmnpqrstvwxz';
const VOWELS = 'aeiou';

/** Few words often and most seldom, as people and programs write. */
function wordsOf(count: number, random: () => number): string {
  return Array.from({ length: count }, () => toWord(Math.floor(VOCABULARY * random() ** 3))).join(' ');
}

/** A word of as many syllables as it takes to say the number. */
function toWord(n: number): string {
  const syllable = `${CONSONANTS[n % 20]}${VOWELS[Math.floor(n / 20) % 5]}`;
  return n < 100 ? syllable : `${syllable}${toWord(Math.floor(n / 100) - 1)}`;
}
