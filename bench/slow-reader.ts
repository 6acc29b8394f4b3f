import { setTimeout as delay } from 'node:timers/promises';
import { readFileSync, statSync } from 'node:fs';
import { homePaths, sessionPaths } from '@konui/protocol';
import { startChild } from './child-program.ts';
import { openRawWebSocket } from './product/raw-web-socket.ts';
import { MEMORY_FLAGS, readMemory } from './product/read-memory.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { atMost, formatNumber, formatRatio, type Report, type Row } from './report.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const EVENT_BYTES = 100_000;
const WARM_UP_EVENTS = 300;
const UNREAD_EVENTS = 4000;
/** What one reader may cost the gateway: LIMITS.maxBufferedBytes. */
const MAX_GROWTH_MIB = 1;
/** Read afterwards, to show that it goes on. */
const CAUGHT_UP_EVENTS = 500;
const SAMPLE_MS = 50;
const EVENT_HEAD = '{"seq":';
const MIB = 2 ** 20;

/** A viewer that stops reading while an agent writes on: what it costs the gateway, and that it gets everything later. */
export async function measureSlowReader(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const paths = homePaths(folder.path, { uid: process.getuid?.() ?? 0 });
  await using product = await startProduct(paths, MEMORY_FLAGS);
  const sessionId = await product.createSession('burst');
  const { log } = sessionPaths(paths, sessionId);
  const args = [new URL(product.url).port, product.token, sessionId, '1'];
  await using reader = startChild('product/viewers.child.ts', args);
  await reader.receive();
  const play = async (events: number): Promise<number> => {
    reader.send({ prompt: `2 1 ${events} bench_event ${EVENT_BYTES}` });
    const peak = await samplePeak(product, reader.receive());
    return peak;
  };
  await play(WARM_UP_EVENTS);
  const peakBefore = await play(WARM_UP_EVENTS);
  using slow = await openSlowViewer(product, sessionId);
  const logBefore = statSync(log).size;
  const before = await readMemory(product.gatewayPid, folder.path);
  slow.pause();
  const peak = await play(UNREAD_EVENTS);
  const after = await readMemory(product.gatewayPid, folder.path);
  const unread = statSync(log).size - logBefore;
  const start = performance.now();
  slow.resume();
  await slow.readOn(CAUGHT_UP_EVENTS);
  const seconds = (performance.now() - start) / 1000;
  const caughtUpMb = (CAUGHT_UP_EVENTS * EVENT_BYTES) / 1e6;
  return {
    title: 'A viewer that stops reading',
    about: `Memory of the gateway, garbage collected, before and after an agent has written ${formatNumber(unread / 1e6)} MB in events of ${formatNumber(EVENT_BYTES / 1000)} KB that one viewer reads and another does not.`,
    rows: [
      toRow(`${formatNumber(unread / 1e6)} MB unread: resident; floor: before`, before.resident, after.resident),
      toRow(
        `${formatNumber(unread / 1e6)} MB unread: heap and buffers in use; floor: before`,
        before.inUse,
        after.inUse,
      ),
      {
        what: 'peak, garbage included; floor: the peak when both read',
        floor: toText(peakBefore),
        ours: toText(peak),
        ratio: formatRatio(peak / peakBefore),
        goal: '',
      },
    ],
    notes: [
      `It then read on from where it was: the next ${formatNumber(caughtUpMb)} MB, every event in order, in ${seconds.toFixed(1)} s.`,
    ],
  };
}

const toText = (bytes: number): string => `${formatNumber(bytes / MIB)} MiB`;

function toRow(what: string, before: number, after: number): Row {
  const growth = (after - before) / MIB;
  const goal = `growth ${growth.toFixed(1)} MiB ${atMost(growth, MAX_GROWTH_MIB, ' MiB')}`;
  return { what, floor: toText(before), ours: toText(after), ratio: formatRatio(after / before), goal };
}

async function openSlowViewer(product: Product, sessionId: string) {
  let lastSeq = 0;
  let awaited: { seq: number; resolve: () => void; reject: (error: Error) => void } | undefined;
  const caughtUp = Promise.withResolvers<void>();
  const socket = await openRawWebSocket({
    port: Number(new URL(product.url).port),
    token: product.token,
    onFrame(payload) {
      const head = payload.toString('latin1', 0, 64);
      if (!head.startsWith(EVENT_HEAD)) {
        if (head.includes('chat_caught_up')) caughtUp.resolve();
        return;
      }
      const seq = Number.parseInt(head.slice(EVENT_HEAD.length), 10);
      if (seq !== lastSeq + 1) awaited?.reject(new Error(`event ${seq} follows ${lastSeq}`));
      lastSeq = seq;
      if (lastSeq === awaited?.seq) awaited.resolve();
    },
  });
  socket.send(JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId, lastSeq: 0 }] }));
  await caughtUp.promise;
  return {
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    readOn: (events: number) =>
      new Promise<void>((resolve, reject) => {
        awaited = { seq: lastSeq + events, resolve, reject };
      }),
    [Symbol.dispose]: () => socket.close(),
  };
}

async function samplePeak(product: Product, done: Promise<unknown>): Promise<number> {
  let isDone = false;
  let peak = 0;
  const end = done.then(() => {
    isDone = true;
  });
  while (!isDone) {
    const text = readFileSync(`/proc/${product.gatewayPid}/status`, 'utf8');
    peak = Math.max(peak, Number(/^VmRSS:\s+(\d+) kB$/m.exec(text)?.[1]) * 1024);
    await Promise.race([delay(SAMPLE_MS), end]);
  }
  return peak;
}
