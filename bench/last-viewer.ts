import { homePaths } from '@konui/protocol';
import { monotonicUs, stampsIn } from '@konui/testing';
import { startChild } from './child-program.ts';
import { openRawWebSocket } from './product/raw-web-socket.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { median, toQuantiles } from './quantiles.ts';
import { atMost, formatNumber, formatRatio, formatUs, type Report } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const OTHERS = 99;
const ROUNDS = 5;
const MAX_RATIO = 3;
const PROMPT = '1 1 600 bench_event 100';
const COMPLETE = '"kind":"complete"';
const CAUGHT_UP = '"kind":"chat_caught_up"';

/** How long the last of many viewers waits, who is written to after all others. */
export async function measureLastViewer(): Promise<Report> {
  using folder = makeTemporaryFolder();
  await using product = await startProduct(homePaths(folder.path, { uid: process.getuid?.() ?? 0 }));
  await using alone = await watch(product, 0);
  await using last = await watch(product, OTHERS);
  const p50s: { alone: number[]; last: number[] } = { alone: [], last: [] };
  await alone.play();
  await last.play();
  for (let round = 0; round < ROUNDS; round++) {
    p50s.alone.push(toQuantiles(await alone.play()).p50);
    p50s.last.push(toQuantiles(await last.play()).p50);
  }
  const [floor, ours] = [median(p50s.alone), median(p50s.last)];
  return {
    title: 'The last of 100 viewers',
    about: `Latency from the agent’s stdout at 1,000 events/s, in a viewer that subscribed after ${OTHERS} others (they share one process), beside a viewer who is alone.`,
    rows: [
      {
        what: 'p50, floor a single viewer',
        floor: formatUs(floor),
        ours: formatUs(ours),
        ratio: formatRatio(ours / floor),
        goal: atMost(ours / floor, MAX_RATIO, '×'),
      },
    ],
    notes: [
      `p50 by round, µs: alone ${p50s.alone.map(formatNumber).join(' / ')}; last ${p50s.last.map(formatNumber).join(' / ')}.`,
    ],
  };
}

async function watch(product: Product, others: number) {
  const port = new URL(product.url).port;
  const sessionId = await product.createSession('burst');
  const tokens = await product.createTokensFor(others);
  const sink =
    others === 0
      ? undefined
      : startChild('product/viewers.child.ts', [port, tokens.join(','), sessionId, String(others)]);
  await sink?.receive();
  let latencies: number[] = [];
  let done: (() => void) | undefined;
  const caughtUp = Promise.withResolvers<void>();
  const socket = await openRawWebSocket({
    port: Number(port),
    token: product.token,
    onFrame(payload) {
      const text = payload.toString('latin1');
      const [stamp] = stampsIn(text);
      if (stamp !== undefined) latencies.push(monotonicUs() - stamp);
      else if (text.includes(CAUGHT_UP)) caughtUp.resolve();
      else if (text.includes(COMPLETE)) done?.();
    },
  });
  socket.send(JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] }));
  await caughtUp.promise;
  return {
    async play(): Promise<readonly number[]> {
      latencies = [];
      const complete = new Promise<void>((resolve) => (done = resolve));
      const clientMessageId = crypto.randomUUID();
      socket.send(JSON.stringify({ type: 'chat.send', sessionId, clientMessageId, content: PROMPT }));
      await complete;
      // The others have read this run to its end too before the next one begins.
      await sink?.receive();
      return latencies;
    },
    async [Symbol.asyncDispose]() {
      socket.close();
      await sink?.[Symbol.asyncDispose]();
    },
  };
}
