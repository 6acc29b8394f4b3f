import { statSync } from 'node:fs';
import { createConversation, HeldHistory, reduceConversationEvents } from '@konui/client';
import { HistoryAnswer, homePaths, parseSessionEvent, sessionPaths } from '@konui/protocol';
import { writeLongSession } from './long-session.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { openViewer } from './product/viewer.ts';
import { median } from './quantiles.ts';
import { atMost, formatMs, formatNumber, formatRatio, type Report } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const EVENTS = 10_000;
const ROUNDS = 9;
/** The first rounds of a fresh process are those of its compiler. */
const WARM_UP_ROUNDS = 2;
const MAX_TAIL_KB = 10;

/** A page that opens a long session: its end, beside all of it. */
export async function measureOpenSession(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const paths = homePaths(folder.path, { uid: process.getuid?.() ?? 0 });
  const sessionId = writeLongSession(paths, EVENTS);
  const logBytes = statSync(sessionPaths(paths, sessionId).log).size;
  await using product = await startProduct(paths);
  const tails: number[] = [];
  const replays: number[] = [];
  const problems: string[] = [];
  let tailBytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const tail = await openTail(product, sessionId);
    tails.push(tail.ms);
    tailBytes = tail.bytes;
    const replay = await replayAll(product, sessionId);
    replays.push(replay.ms);
    if (tail.lastSeq !== replay.lastSeq) problems.push(`round ${round + 1}: the tail ends at ${tail.lastSeq}`);
    if (tail.lastItem !== replay.lastItem) problems.push(`round ${round + 1}: the last items differ`);
  }
  const [tailMs, replayMs] = [tails, replays].map((each) => median(each.slice(WARM_UP_ROUNDS)));
  if (tailMs === undefined || replayMs === undefined) throw new Error('no round was measured');
  const kilobytes = tailBytes / 1024;
  return {
    title: `Opening a session of ${EVENTS.toLocaleString('en')} events`,
    about:
      'Ours: the end of the session by `GET …/history`, until it is a conversation. In place of a floor: all of it by ' +
      '`chat.subscribe` from 0, until it is a conversation. Both through gateway and host, in one process beside them.',
    rows: [
      {
        what: 'time until it can be shown',
        floor: formatMs(replayMs),
        ours: formatMs(tailMs),
        ratio: formatRatio(tailMs / replayMs),
        goal: '',
      },
      {
        what: 'JSON of the events',
        floor: `${formatNumber(logBytes / 1024)} KB`,
        ours: `${formatNumber(kilobytes)} KB`,
        ratio: formatRatio(tailBytes / logBytes),
        goal: atMost(kilobytes, MAX_TAIL_KB, ' KB'),
      },
    ],
    notes: [problems.length === 0 ? 'Both ended with the same item in every round.' : `WRONG: ${problems.join('; ')}`],
  };
}

async function openTail({ url, token }: Product, sessionId: string) {
  const start = performance.now();
  const answer = await fetch(`${url}/api/providers/sessions/${sessionId}/history`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const page = HistoryAnswer.parse(await answer.json());
  const { conversation } = new HeldHistory(page);
  const ms = performance.now() - start;
  const bytes = Buffer.byteLength(JSON.stringify(page.events));
  return { ms, bytes, lastSeq: conversation.lastSeq, lastItem: JSON.stringify(conversation.items.at(-1)) };
}

async function replayAll(product: Product, sessionId: string) {
  using viewer = await openViewer(product);
  const start = performance.now();
  await viewer.subscribe(sessionId);
  const events = viewer.events.flatMap(({ line }) => parseSessionEvent(line.toString('utf8')) ?? []);
  const conversation = reduceConversationEvents(createConversation(), events);
  const ms = performance.now() - start;
  return { ms, lastSeq: conversation.lastSeq, lastItem: JSON.stringify(conversation.items.at(-1)) };
}
