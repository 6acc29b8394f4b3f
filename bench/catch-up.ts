import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { openEventLog, readBootId } from '@konui/log';
import { type HomePaths, homePaths, isGatewayKind, sessionPaths, SessionId } from '@konui/protocol';
import { startChild } from './child-program.ts';
import { type Product, startProduct } from './product/start-product.ts';
import { openRawWebSocket } from './product/raw-web-socket.ts';
import { openViewer } from './product/viewer.ts';
import { median } from './quantiles.ts';
import { atMost, formatMs, formatRatio, type Report } from './report.ts';
import { writeSessionRecord } from './session-record.ts';
import { splitLines } from './split-lines.ts';
import { makeTemporaryFolder } from './temporary-folder.ts';

const EVENTS = 10_000;
const ROUNDS = 11;
/** The first rounds of a fresh process are those of its compiler. */
const WARM_UP_ROUNDS = 3;
const MAX_RATIO = 2;
const SESSION_ID = SessionId.parse('6c2b1f0e-6d4f-4b57-9a44-2f5d1b7f8a10');
const TEXT = 'The quick brown fox jumps over the lazy dog while the build is running; '.slice(0, 60);

/** A page that opens a long session: every event of its log from the first, through gateway and host. */
export async function measureCatchUp(): Promise<Report> {
  using folder = makeTemporaryFolder();
  const paths = homePaths(folder.path, { uid: process.getuid?.() ?? 0 });
  writeSession(paths);
  const log = readFileSync(sessionPaths(paths, SESSION_ID).log);
  await using product = await startProduct(paths);
  await using sender = startChild('floors/file-sender.child.ts', [sessionPaths(paths, SESSION_ID).log]);
  const { port } = (await sender.receive()) as { port: number };

  const floors: number[] = [];
  const ours: number[] = [];
  const withLibrary: number[] = [];
  const problems: string[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    floors.push(await receiveFile(port));
    ours.push(await receiveFrames(product));
    using viewer = await openViewer(product);
    const start = performance.now();
    await viewer.subscribe(SESSION_ID);
    withLibrary.push(performance.now() - start);
    const received = viewer.events.map(({ line }) => `${line.toString('utf8')}\n`).join('');
    if (received !== log.toString('utf8')) problems.push(`round ${round + 1} is not what the log holds`);
  }
  const [floor, own, library] = [floors, ours, withLibrary].map((each) => median(each.slice(WARM_UP_ROUNDS)));
  if (floor === undefined || own === undefined || library === undefined) throw new Error('no round was measured');
  const size = `${EVENTS.toLocaleString('en')} events, ${(log.length / 1e6).toFixed(1)} MB`;
  return {
    title: 'Catch-up: 10,000 events from the first',
    about:
      'Ours: from `chat.subscribe` with `lastSeq: 0` to the last event, through konsole and konui, in a client that only cuts frames, and in one made with the `ws` library. ' +
      'Floor: one process sends the same file over a raw socket to another, which cuts it into lines. All of them parse each event as JSON.',
    rows: [
      {
        what: `${size}, client: raw socket`,
        floor: formatMs(floor),
        ours: formatMs(own),
        ratio: formatRatio(own / floor),
        goal: atMost(own / floor, MAX_RATIO, '×'),
      },
      {
        what: `${size}, client: ws`,
        floor: formatMs(floor),
        ours: formatMs(library),
        ratio: formatRatio(library / floor),
        goal: '',
      },
    ],
    notes: [problems.length === 0 ? 'Every round was the log, byte for byte.' : `WRONG: ${problems.join('; ')}`],
  };
}

function writeSession(paths: HomePaths): void {
  const session = writeSessionRecord(paths, SESSION_ID);
  const log = openEventLog({ path: session.log, sessionId: SESSION_ID, bootId: readBootId() });
  while (log.lastSeq < EVENTS) {
    const text = `${log.lastSeq} ${TEXT}`;
    log.append({ kind: 'agent_message_chunk', content: { type: 'text', text }, messageId: SESSION_ID });
  }
  log.close();
}

/** Milliseconds from asking to the last event. */
async function receiveFile(port: number): Promise<number> {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  let count = 0;
  const done = Promise.withResolvers<number>();
  const start = performance.now();
  socket.on(
    'data',
    splitLines((line) => {
      JSON.parse(line.toString('utf8'));
      if (++count === EVENTS) done.resolve(performance.now() - start);
    }),
  );
  socket.write('.');
  const ms = await done.promise;
  socket.destroy();
  return ms;
}

/** The same through Konui, with a client that does as little. */
async function receiveFrames(product: Product): Promise<number> {
  let count = 0;
  const done = Promise.withResolvers<number>();
  const socket = await openRawWebSocket({
    port: Number(new URL(product.url).port),
    token: product.token,
    onFrame(payload) {
      if (!isEvent(JSON.parse(payload.toString('utf8')))) return;
      if (++count === EVENTS) done.resolve(performance.now() - start);
    },
  });
  const start = performance.now();
  socket.send(JSON.stringify({ type: 'chat.subscribe', sessions: [{ sessionId: SESSION_ID, lastSeq: 0 }] }));
  const ms = await done.promise;
  socket.close();
  return ms;
}

function isEvent(frame: { kind: string }): boolean {
  return !isGatewayKind(frame.kind);
}
